using GridActors.Contracts.People;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Inbox;

public sealed class InboxQueries(NpgsqlDataSource source)
{
    /// <summary>Open cases that concern a person.</summary>
    /// <param name="last">Of the last case of the previous page: the time by which the list is sorted, and the id. Null for the first page.</param>
    public async Task<IReadOnlyList<CaseRow>> List(
        PersonId person,
        InboxOrder order,
        (DateTimeOffset At, Guid Id)? last,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var (column, follows, direction) = order == InboxOrder.LongestWaiting ? ("reported_at", ">", "asc") : ("updated_at", "<", "desc");
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns} from inbox_item i join case_file c on c.id = i.case_id
            where i.person = $1 and ($2::timestamptz is null or (c.{column}, c.id) {follows} ($2, $3))
            order by c.{column} {direction}, c.id {direction} limit $4
            """
        );
        command.Bind(
            Parameters.Of(person.Key),
            Parameters.Of(last?.At),
            Parameters.Of(last?.Id ?? Guid.Empty),
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

/// <summary>Which cases of an inbox come first.</summary>
public enum InboxOrder
{
    LastChanged,
    LongestWaiting,
}

public sealed record InboxCounts(int Offered, int Mine, int Watching, int Reported, int Unread);
