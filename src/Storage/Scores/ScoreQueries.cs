using System.Collections.Immutable;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Scores;

/// <summary>
/// Reads the facts of which scores are made, of one person or of a county in one round trip: what people did stands in the tables of field
/// records, cases, tasks and households, and nothing is counted anywhere else.
/// </summary>
public sealed class ScoreQueries(NpgsqlDataSource source)
{
    const short SignIn = (short)FieldRecordKind.SignIn;
    const short Patrol = (short)FieldRecordKind.PatrolStart;
    const short Visit = (short)FieldRecordKind.Visit;

    /// <summary>A task that was sent longer ago isn't due in the month.</summary>
    static readonly TimeSpan LongestTask = TimeSpan.FromDays(400);

    const string IsDoubted = "exists (select from field_flag f where f.person = r.person and f.record = r.id and f.cleared_at is null)";

    /// <summary>The first record of each day that says that somebody was on duty, and the first patrol.</summary>
    static readonly string DutyDays = $"""
        select distinct on (r.person, r.day, r.kind = {Patrol}) r.person, r.day, r.kind = {Patrol}, r.id, r.at, {IsDoubted}
        from field_record r
        where r.person = any($1) and r.day between $2 and $3
            and r.kind in ({SignIn}, {Patrol}, {(short)FieldRecordKind.CheckIn}, {(short)FieldRecordKind.Checkpoint}, {Visit})
        order by r.person, r.day, r.kind = {Patrol}, r.at, r.sequence
        """;

    static readonly string Visits = $"""
        select r.person, r.day, r.id, r.at, {IsDoubted}, r.households, coalesce(r.data ->> 'purpose', '')
        from field_record r where r.person = any($1) and r.day between $2 and $3 and r.kind = {Visit}
        """;

    const string IsMerged =
        "exists (select from journal j where j.stream = 'case/' || replace(c.id::text, '-', '') and j.kind = 'case.merged/1')";

    static readonly string Reports = $"""
        select c.reporter, c.id, c.number, c.reported_at, c.status, c.claimant, {IsMerged}
        from case_file c where c.reporter = any($1) and c.reported_at >= $2 and c.reported_at < $3
        """;

    /// <summary>A promise that was broken before somebody claimed the case isn't theirs.</summary>
    static readonly string Settled = $"""
        select d.claimant, c.id, c.number, d.closed_at, c.rating, c.reporter,
            exists (select from journal j where j.stream = 'case/' || replace(c.id::text, '-', '')
                and j.kind = 'case.clock-breached/1' and j.data ->> 'clock' <> 'close' and j.at >= c.claimed_at)
        from case_closed d join case_file c on c.id = d.case_id
        where d.claimant = any($1) and d.closed_at >= $2 and d.closed_at < $3 and not {IsMerged}
        """;

    /// <summary>Of the cases that people have, or had when they were closed.</summary>
    const string Returns = """
        select c.claimant, c.id, c.number, j.at
        from (
            select d.case_id from case_closed d where d.claimant = any($1) and d.closed_at >= $2
            union select i.case_id from inbox_item i join case_file o on o.id = i.case_id and o.claimant = i.person where i.person = any($1)
        ) had join case_file c on c.id = had.case_id
            join journal j on j.stream = 'case/' || replace(c.id::text, '-', '') and j.kind = 'case.returned/1'
        where j.at >= $2 and j.at < $3 and j.at >= c.claimed_at
        """;

    /// <summary>An area's to-do is one of each holder of its posts there; a holder's is their own.</summary>
    static readonly string Tasks = $"""
        select distinct p.person, k.id, k.title, (k.view ->> 'dueAt')::timestamptz, t.status, t.at, t.late
        from field_task k join field_task_target t on t.task = k.id
            join unnest($4, $5, $6) as p (person, area, post) on p.area = t.area and t.person in ('', p.person)
        where k.pack = $7 and k.sent_at >= $1 and k.sent_at < $3
            and (k.view ->> 'dueAt')::timestamptz >= $2 and (k.view ->> 'dueAt')::timestamptz < $3
            and t.status <> {(int)TargetStatus.Recalled}
            and (k.view #> '{"{definition,audience,posts}"}' = '[]' or k.view #> '{"{definition,audience,posts}"}' ? p.post)
        """;

    /// <summary>
    /// Households that are linked to somebody, by their area or by name. Of a month that is over, the last visit in it is looked for among
    /// the records where there was one since.
    /// </summary>
    static readonly string MustVisit = $"""
        select linked.person, h.id, h.groups,
            case when h.visited_at < $5 or h.visited_at is null then h.visited_at
                else (select max(r.at) from field_record r
                    where r.households @> array[h.id] and r.households <> '{"{}"}' and r.kind = {Visit} and r.at < $5) end
        from (
            select l.person, a.id from unnest($2, $3) as l (person, area)
                join household a on a.area = l.area and (a.worker is null or a.worker = l.person)
            union select w.worker, w.id from household w where w.worker = any($1)
        ) linked join household h on h.id = linked.id
        where h.status = {(short)HouseholdStatus.Living} and h.created_at < $5 and h.groups && $4
        """;

    /// <summary>When households were last visited before a moment, by the records.</summary>
    static readonly string LastVisits = $"""
        select p.id, max(r.at) from unnest($1) as p (id) join field_record r
            on r.households @> array[p.id] and r.households <> '{"{}"}' and r.kind = {Visit} and r.at < $2
        group by p.id
        """;

    const string Leaves = "select person, begins_at, ends_at from leave where person = any($1) and begins_at < $3 and ends_at > $2";

    /// <summary>The facts of everybody's month up to a moment.</summary>
    /// <param name="pinned">What had to be visited by those whose month is closed.</param>
    public async Task<IReadOnlyDictionary<PersonId, ScoreFacts>> Facts(
        LoadedPack pack,
        IReadOnlyList<ScoredPerson> people,
        ScoreMonth month,
        DateTimeOffset now,
        IReadOnlyDictionary<PersonId, ImmutableArray<MustVisitPin>> pinned,
        CancellationToken cancellationToken
    )
    {
        var (begins, ends) = (pack.Start(month.First), pack.Start(month.Last.AddDays(1)));
        var asOf = now < ends ? now : ends;
        var facts = (await Read(pack, people, month, (begins, ends, asOf), cancellationToken)).ToDictionary(
            f => f.Key,
            f => f.Value.Build(month, asOf)
        );
        await Pin(facts, pinned, asOf, cancellationToken);
        return facts;
    }

    async Task<Dictionary<PersonId, FactsBuilder>> Read(
        LoadedPack pack,
        IReadOnlyList<ScoredPerson> people,
        ScoreMonth month,
        (DateTimeOffset Begins, DateTimeOffset Ends, DateTimeOffset AsOf) time,
        CancellationToken cancellationToken
    )
    {
        var rhythms = new VisitRhythms(pack, time.AsOf);
        await using var batch = Batch(pack, people, month, time, rhythms);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var all = people.ToDictionary(p => p.Entry.Id, p => new FactsBuilder(pack, p));
        await Each(all, reader, (facts, r) => facts.AddDay(r), cancellationToken);
        await Each(all, reader, (facts, r) => facts.AddVisit(r), cancellationToken);
        await Each(all, reader, (facts, r) => facts.AddReport(r), cancellationToken);
        await Each(all, reader, (facts, r) => facts.AddSettled(r), cancellationToken);
        await Each(all, reader, (facts, r) => facts.AddReturn(r), cancellationToken);
        await Each(all, reader, (facts, r) => facts.AddTask(r, time.AsOf), cancellationToken);
        await Each(all, reader, (facts, r) => facts.AddMustVisit(r, rhythms), cancellationToken);
        await Each(all, reader, (facts, r) => facts.AddLeave(r), cancellationToken);
        return all;
    }

    /// <summary>Puts what had to be visited when the month was closed in the place of what must be visited now.</summary>
    async Task Pin(
        Dictionary<PersonId, ScoreFacts> facts,
        IReadOnlyDictionary<PersonId, ImmutableArray<MustVisitPin>> pinned,
        DateTimeOffset asOf,
        CancellationToken cancellationToken
    )
    {
        Guid[] households = [.. facts.Keys.SelectMany(p => pinned.GetValueOrDefault(p, [])).Select(p => p.Household).Distinct()];
        var last = new Dictionary<Guid, DateTimeOffset>();
        if (households.Length > 0)
        {
            await using var command = source.CreateCommand(LastVisits);
            command.Bind(Parameters.Uuids(households, h => h), Parameters.Of((DateTimeOffset?)asOf));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                last[reader.GetGuid(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }
        foreach (var (person, pins) in pinned)
            if (facts.TryGetValue(person, out var own))
                facts[person] = own with { MustVisit = [.. pins.Select(p => new MustVisitFact(p.Household, Later(p), p.DueBefore))] };

        // A visit that was entered at the desk is no record, and was known when the month was closed.
        DateTimeOffset? Later(MustVisitPin pin) =>
            last.TryGetValue(pin.Household, out var at) && !(pin.VisitedAt > at) ? at : pin.VisitedAt;
    }

    NpgsqlBatch Batch(
        LoadedPack pack,
        IReadOnlyList<ScoredPerson> people,
        ScoreMonth month,
        (DateTimeOffset Begins, DateTimeOffset Ends, DateTimeOffset AsOf) time,
        VisitRhythms rhythms
    )
    {
        var batch = source.CreateBatch();
        foreach (var sql in new[] { DutyDays, Visits })
            batch.BatchCommands.Add(new(sql) { Parameters = { Keys(), Parameters.Of(month.First), Parameters.Of(month.Last) } });
        foreach (var sql in new[] { Reports, Settled, Returns })
            batch.BatchCommands.Add(new(sql) { Parameters = { Keys(), Parameters.Of(time.Begins), Parameters.Of(time.Ends) } });
        var held = people
            .SelectMany(p => p.Entry.Posts.Select(h => (Person: p.Entry.Id.Key, Area: h.Area.Id.Key, Post: h.Post.Id)))
            .ToList();
        batch.BatchCommands.Add(
            new(Tasks)
            {
                Parameters =
                {
                    Parameters.Of(time.Begins - LongestTask),
                    Parameters.Of(time.Begins),
                    Parameters.Of(time.AsOf),
                    Parameters.Texts(held, h => h.Person),
                    Parameters.Texts(held, h => h.Area),
                    Parameters.Texts(held, h => h.Post),
                    Parameters.Of(pack.Pack.Id),
                },
            }
        );
        var linked = people
            .SelectMany(p => pack.LinkedTo(p.Entry.Id).SelectMany(a => a.WithFormer).Select(a => (Person: p.Entry.Id.Key, Area: a.Key)))
            .ToList();
        batch.BatchCommands.Add(
            new(MustVisit)
            {
                Parameters =
                {
                    Keys(),
                    Parameters.Texts(linked, l => l.Person),
                    Parameters.Texts(linked, l => l.Area),
                    Parameters.Texts(rhythms.Groups, g => g),
                    Parameters.Of(time.AsOf),
                },
            }
        );
        batch.BatchCommands.Add(new(Leaves) { Parameters = { Keys(), Parameters.Of(time.Begins), Parameters.Of(time.Ends) } });
        return batch;

        NpgsqlParameter Keys() => Parameters.Texts(people, p => p.Entry.Id.Key);
    }

    /// <summary>Reads a result whose first column says whose row it is, and goes on to the next result.</summary>
    static async Task Each(
        Dictionary<PersonId, FactsBuilder> all,
        NpgsqlDataReader reader,
        Action<FactsBuilder, NpgsqlDataReader> add,
        CancellationToken cancellationToken
    )
    {
        while (await reader.ReadAsync(cancellationToken))
            add(all[new(reader.GetString(0))], reader);
        await reader.NextResultAsync(cancellationToken);
    }
}
