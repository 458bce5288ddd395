using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.SubjectRequests;

/// <summary>A case that names a household.</summary>
public sealed record NamingCase(Guid Id, bool IsOpen);

/// <summary>Somebody took a spreadsheet of households along.</summary>
public sealed record HouseholdExported(DateTimeOffset At, PersonId By);

/// <summary>What else in the service has to do with a resident, and would remain of them.</summary>
/// <param name="Cases">Those about the household, without confidential ones.</param>
/// <param name="Exports">Of households of the pack since the household was registered, the newest first.</param>
/// <param name="Imports">How many spreadsheets that were sent are kept, with all their rows; each for a week.</param>
/// <param name="KeyFrom">Since when the data key that wraps the resident's is in use; null when the resident was erased.</param>
public sealed record Traces(
    IReadOnlyList<NamingCase> Cases,
    IReadOnlyList<HouseholdExported> Exports,
    int Imports,
    DateTimeOffset? KeyFrom
);

/// <summary>Finds the traces of a resident.</summary>
public sealed class ResidentTraces(NpgsqlDataSource source)
{
    const int MaxExports = 200;

    public async Task<Traces> Of(string pack, Guid household, Guid resident, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(
            new(
                """
                select c.id, c.status < 6 from household_case hc join case_file c on c.id = hc.case_id
                where hc.household = $1 and not c.confidential order by c.id
                """
            )
            {
                Parameters = { Parameters.Of(household) },
            }
        );
        batch.BatchCommands.Add(
            new(
                $"""
                select at, person from access_entry
                where kind = 'export' and subject like 'household%' and pack = $1 and at >= $2 and person is not null
                order by position desc limit {MaxExports}
                """
            )
            {
                Parameters = { Parameters.Of(pack), Parameters.Of(since) },
            }
        );
        batch.BatchCommands.Add(
            new("select count(*)::integer from household_import where pack = $1") { Parameters = { Parameters.Of(pack) } }
        );
        batch.BatchCommands.Add(
            new("select v.created_at from subject_key k join vault_key v on v.pack = k.pack and v.version = k.version where k.subject = $1")
            {
                Parameters = { Parameters.Of(resident) },
            }
        );
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var cases = new List<NamingCase>();
        while (await reader.ReadAsync(cancellationToken))
            cases.Add(new(reader.GetGuid(0), reader.GetBoolean(1)));
        await reader.NextResultAsync(cancellationToken);
        var exports = new List<HouseholdExported>();
        while (await reader.ReadAsync(cancellationToken))
            exports.Add(new(reader.GetFieldValue<DateTimeOffset>(0), new(reader.GetString(1))));
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var imports = reader.GetInt32(0);
        await reader.NextResultAsync(cancellationToken);
        var keyFrom = await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<DateTimeOffset>(0) : (DateTimeOffset?)null;
        return new(cases, exports, imports, keyFrom);
    }
}
