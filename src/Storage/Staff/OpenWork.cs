using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Staff;

/// <summary>How many open cases wait for somebody.</summary>
public sealed record OpenWork(int Claims, int ToDos, int Tasks);

/// <summary>Counts what somebody would leave behind.</summary>
public sealed class OpenWorkQueries(NpgsqlDataSource source)
{
    public async Task<OpenWork> Of(PersonId person, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select count(*) filter (where c.claimant = $1 and c.status in (2, 3)),
                count(*) filter (where ($1 = any(c.offered_to) and c.status = 1) or $1 = any(c.approvers) or $1 = any(c.consulted)),
                count(*) filter (where $1 = any(c.tasked))
            from inbox_item i join case_file c on c.id = i.case_id where i.person = $1
            """
        );
        command.Bind(Parameters.Of(person.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new((int)reader.GetInt64(0), (int)reader.GetInt64(1), (int)reader.GetInt64(2));
    }
}
