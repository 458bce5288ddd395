using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Inbox;

/// <summary>The order of an inbox, and what a page starts after.</summary>
public enum InboxOrder
{
    /// <summary>The last changed comes first.</summary>
    LastChanged,

    /// <summary>The first changed comes first: what changed while somebody read the pages of <see cref="LastChanged"/>.</summary>
    FirstChanged,

    /// <summary>The first reported comes first. No step changes this order.</summary>
    LongestWaiting,

    /// <summary>What is due next comes first, and what is overdue before that.</summary>
    Due,
}

public sealed class InboxQueries(NpgsqlDataSource source)
{
    const string Offered = "$1 = any(c.offered_to)";
    const string NotAsked = "(c.approvers is null or $1 <> all(c.approvers))";
    const string NotConsulted = "(c.consulted is null or $1 <> all(c.consulted))";
    const string NotTasked = "(c.tasked is null or $1 <> all(c.tasked))";
    const string Another = "(c.claimant is null or c.claimant <> $1)";
    const string IsOffered = $"{Offered} and c.claimant is null and c.status = 1";
    const string OwesNothing = $"{NotAsked} and {NotConsulted} and {NotTasked}";

    /// <summary>The same rules as <see cref="InboxRoles"/>.</summary>
    static readonly Dictionary<InboxRole, string> Roles = new()
    {
        [InboxRole.Offered] = $"{IsOffered} and {NotConsulted}",
        [InboxRole.Mine] = $"c.claimant = $1 and c.status <> 1 and {NotConsulted}",
        [InboxRole.Watching] =
            $"{Another} and {OwesNothing} and (({Offered} and c.status not in (1, 7)) or (not {Offered} and c.reporter <> $1))",
        [InboxRole.Reported] = $"(not {Offered} or c.status = 7) and {Another} and {OwesNothing} and c.reporter = $1",
        [InboxRole.Deciding] = "$1 = any(c.approvers)",
        [InboxRole.Consulted] = $"$1 = any(c.consulted) and {NotAsked}",
        [InboxRole.Tasked] = $"$1 = any(c.tasked) and {NotAsked} and {NotConsulted} and {Another} and not ({IsOffered})",
    };

    /// <summary>Open cases that concern a person.</summary>
    /// <param name="role">Only those that are this to the person; null for all.</param>
    /// <param name="after">
    /// The time (of the report, of the change or when it is due, as the order has it) and the id of the case before; null from the
    /// beginning.
    /// </param>
    public async Task<IReadOnlyList<CaseRow>> List(
        PersonId person,
        InboxRole? role,
        InboxOrder order,
        (DateTimeOffset At, Guid Id)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var key = order switch
        {
            InboxOrder.LongestWaiting => "c.reported_at",
            InboxOrder.Due => CaseStatement.DueAt,
            _ => "c.updated_at",
        };
        var (direction, compare) = order == InboxOrder.LastChanged ? ("desc", "<") : ("asc", ">");
        await using var command = source.CreateCommand(
            $"""
            select {CaseRow.Columns} from inbox_item i join case_file c on c.id = i.case_id
            where i.person = $1 and ($2::timestamptz is null or ({key}, c.id) {compare} ($2, $3)) and {(role is { } r ? Roles[r] : "true")}
            order by {key} {direction}, c.id {direction} limit $4
            """
        );
        command.Bind(Parameters.Of(person.Key), Parameters.Of(after?.At), Parameters.Of(after?.Id ?? Guid.Empty), Parameters.Of(limit));
        return await CaseQueries.Read(command, cancellationToken);
    }

    /// <summary>How many items of each kind there are.</summary>
    public async Task<InboxCounts> Count(PersonId person, DateTimeOffset seenAt, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select count(*) filter (where {Roles[InboxRole.Offered]}),
                   count(*) filter (where {Roles[InboxRole.Mine]}),
                   count(*) filter (where {Roles[InboxRole.Watching]}),
                   count(*) filter (where {Roles[InboxRole.Reported]}),
                   count(*) filter (where {Roles[InboxRole.Deciding]}),
                   count(*) filter (where {Roles[InboxRole.Consulted]}),
                   count(*) filter (where {Roles[InboxRole.Tasked]}),
                   count(*) filter (where c.updated_at > $2 and c.updated_by <> $1)
            from inbox_item i join case_file c on c.id = i.case_id where i.person = $1
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
            (int)reader.GetInt64(4),
            (int)reader.GetInt64(5),
            (int)reader.GetInt64(6),
            (int)reader.GetInt64(7)
        );
    }
}

public sealed record InboxCounts(int Offered, int Mine, int Watching, int Reported, int Deciding, int Consulted, int Tasked, int Unread);
