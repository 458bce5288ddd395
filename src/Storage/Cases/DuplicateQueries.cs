using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>A case that may be of the same matter as another one.</summary>
public sealed record CandidateCase(CaseRow Case, Position? At);

/// <summary>Finds cases of the same matter.</summary>
public sealed class DuplicateQueries(NpgsqlDataSource source)
{
    /// <summary>How many candidates are compared: those nearest in time.</summary>
    const int Compared = 200;

    /// <summary>Open cases of some categories that were reported near a case in an area and in time.</summary>
    /// <param name="viewer">Confidential cases are found for people whom they concern alone.</param>
    public async Task<IReadOnlyList<CandidateCase>> Near(
        CaseView view,
        AreaNode under,
        IReadOnlyList<string> categories,
        TimeSpan window,
        PersonId viewer,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns}, c.lon, c.lat
            from case_file c join case_open o on o.case_id = c.id join area a on a.key = c.area
            where c.category = any($1) and c.reported_at between $2::timestamptz - $3 and $2 + $3
                and a.pack = $4 and a.lft between $5 and $6 and c.id <> $7 and c.status <> {(int)CaseStatus.Merged}
                and c.confidential = $8
                and (not c.confidential or c.reporter = $9 or c.claimant = $9 or $9 = any(c.offered_to))
            order by greatest(c.reported_at, $2) - least(c.reported_at, $2), c.id limit {Compared}
            """
        );
        command.Bind(
            Parameters.Texts(categories, c => c),
            Parameters.Of(view.ReportedAt),
            Parameters.Of(window),
            Parameters.Of(under.Id.Pack),
            Parameters.Of(under.Left),
            Parameters.Of(under.Right),
            Parameters.Of(view.Id),
            Parameters.Of(view.Confidential),
            Parameters.Of(viewer.Key)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<CandidateCase>();
        var (lon, lat) = (reader.FieldCount - 2, reader.FieldCount - 1);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(
                new(
                    CaseRow.Read(reader),
                    reader.IsDBNull(lon) || reader.IsDBNull(lat) ? null : new(reader.GetDouble(lon), reader.GetDouble(lat))
                )
            );
        return found;
    }

    /// <summary>A case by its id; null when there is none.</summary>
    public async Task<CaseRow?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select {CaseRow.Columns} from case_file c where c.id = $1");
        command.Bind(Parameters.Of(id));
        return await CaseQueries.Read(command, cancellationToken) is [var row] ? row : null;
    }
}
