using GridActors.Contracts.People;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Inbox;

public sealed class InboxQueries(NpgsqlDataSource source)
{
    /// <summary>Open cases that concern a person, latest change first.</summary>
    /// <param name="before">The last case of the previous page; null for the first page.</param>
    public async Task<IReadOnlyList<CaseRow>> List(
        PersonId person,
        (DateTimeOffset UpdatedAt, Guid Id)? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns} from inbox_item i join case_file c on c.id = i.case_id
            where i.person = $1 and ($2::timestamptz is null or (c.updated_at, c.id) < ($2, $3))
            order by c.updated_at desc, c.id desc limit $4
            """
        );
        command.Bind(
            Parameters.Of(person.Key),
            Parameters.Of(before?.UpdatedAt),
            Parameters.Of(before?.Id ?? Guid.Empty),
            Parameters.Of(limit)
        );
        return await CaseQueries.Read(command, cancellationToken);
    }

    /// <summary>How many items of each kind there are.</summary>
    public async Task<InboxCounts> Count(PersonId person, DateTimeOffset seenAt, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select count(*) filter (where offered and claimant is null and status = 1),
                   count(*) filter (where claimant = $1 and status <> 1),
                   count(*) filter (where offered and (claimant is null or claimant <> $1) and status <> 1),
                   count(*) filter (where not offered and (claimant is null or claimant <> $1)),
                   count(*) filter (where updated_at > $2 and updated_by <> $1)
            from (select c.claimant, c.status, c.updated_at, c.updated_by, $1 = any(c.offered_to) as offered
                  from inbox_item i join case_file c on c.id = i.case_id where i.person = $1) as t
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(seenAt));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(
            (int)reader.GetInt64(0),
            (int)reader.GetInt64(1),
            (int)reader.GetInt64(2),
            (int)reader.GetInt64(3),
            (int)reader.GetInt64(4)
        );
    }
}

public sealed record InboxCounts(int Offered, int Mine, int Watching, int Reported, int Unread);
