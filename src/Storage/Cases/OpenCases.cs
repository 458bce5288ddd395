using System.Runtime.CompilerServices;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Reads cases as their actors would have them, from the journal: the open ones of a pack, or the newest of all.</summary>
public sealed class OpenCases(NpgsqlDataSource source)
{
    /// <summary>One after the other, in one query. Cases that never had a clock or a task are left out.</summary>
    public async IAsyncEnumerable<CaseState> Of(string pack, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select c.id, j.at, j.by, j.operation, j.status, j.kind, j.data
            from case_open o join case_file c on c.id = o.case_id join area a on a.key = c.area
            join journal j on j.stream = 'case/' || replace(c.id::text, '-', '')
            where a.pack = $1 order by c.id, j.sequence
            """
        );
        command.CommandTimeout = 0;
        command.Bind(Parameters.Of(pack));
        await foreach (var state in Fold(command, cancellationToken))
            if (state.Case is { Clocks.IsEmpty: false } or { Tasks.IsEmpty: false })
                yield return state;
    }

    /// <summary>The case that was reported last, open or not; null when there is none.</summary>
    public async Task<CaseState?> Newest(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select c.id, j.at, j.by, j.operation, j.status, j.kind, j.data
            from (select id from case_file order by id desc limit 1) c
            join journal j on j.stream = 'case/' || replace(c.id::text, '-', '') order by j.sequence
            """
        );
        await foreach (var state in Fold(command, cancellationToken))
            return state;
        return null;
    }

    static async IAsyncEnumerable<CaseState> Fold(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (state, id) = (CaseState.Initial, Guid.Empty);
        while (await reader.ReadAsync(cancellationToken))
        {
            var next = reader.GetGuid(0);
            if (next != id && state.Case is not null)
                yield return state;
            if (next != id)
                (state, id) = (CaseState.Initial, next);
            var e = CaseEventJson.Read(reader.GetString(5), reader.GetString(6), (CaseStatus)reader.GetInt16(4));
            var context = new EventContext(id, reader.GetFieldValue<DateTimeOffset>(1), new(reader.GetString(2)), reader.GetGuid(3));
            state = CaseState.Evolve(state, e, context);
        }
        if (state.Case is not null)
            yield return state;
    }
}
