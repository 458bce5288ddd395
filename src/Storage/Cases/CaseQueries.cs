using System.Runtime.CompilerServices;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>A case as an export shows it.</summary>
/// <param name="Mediation">The level, the result and the agreement's number; null where it wasn't settled by mediation.</param>
public sealed record ExportedCase(
    CaseRow Case,
    string Detail,
    string? Department,
    int? Rating,
    (string Level, bool IsAgreed, string Number)? Mediation
);

/// <summary>A step of a case's history.</summary>
/// <param name="Status">The status of the case after the step.</param>
public sealed record CaseHistoryItem(int Sequence, DateTimeOffset At, PersonId By, CaseStatus Status, CaseEvent Event)
{
    public CaseStep Step => Event.Step;
    public string? Text => Event is IHasText { Text: { Length: > 0 } text } ? text : null;
    public PersonId? To =>
        Event switch
        {
            CaseHandedOver handedOver => handedOver.To,
            CaseForwarded forwarded => PersonId.System(By.Pack, forwarded.System),
            _ => null,
        };
    public PersonId? From =>
        Event switch
        {
            CaseReoffered reoffered => reoffered.ReleasedFrom,
            CaseLapsed lapsed => lapsed.From,
            _ => null,
        };

    /// <summary>The clock that the step is of, or that made the case climb or be supervised; null for the steps of people.</summary>
    public ClockName? Clock =>
        Event switch
        {
            CaseClockWarned warned => warned.Clock,
            CaseClockBreached breached => breached.Clock,
            CaseEscalated escalated => escalated.Breached,
            CaseSupervised supervised => supervised.Breached,
            _ => null,
        };

    /// <summary>The number of the supervision notice, the consultation or the meeting that the step is about.</summary>
    public string? Notice =>
        Event switch
        {
            CaseSupervised supervised => supervised.Number,
            CaseSupervisionAnswered answered => answered.Number,
            CaseConsultationCalled called => called.Number,
            CaseConsultationDecided decided => decided.Number,
            CaseMeetingDecided decided => decided.Number,
            _ => null,
        };

    /// <summary>The party of a consultation whose opinion the step is.</summary>
    public string? Party => (Event as CaseOpinionGiven)?.Party;

    /// <summary>How much more time was asked for or granted.</summary>
    public Term? Term =>
        Event switch
        {
            CaseExtensionAsked asked => asked.Term,
            CaseExtended extended => extended.Term,
            _ => null,
        };

    /// <summary>The new times of the clocks that the step moved.</summary>
    public IReadOnlyList<MovedClock> Moved => Event.Moved.IsDefault ? [] : Event.Moved;

    /// <summary>The level to which the step brought the case; null where it didn't, or brought it below the ladder.</summary>
    public string? Level =>
        Event switch
        {
            CaseEscalated escalated => escalated.To,
            CaseSentBack back => back.To,
            _ => null,
        };

    /// <summary>The levels that an escalation passed over, because nobody held a post of theirs.</summary>
    public IReadOnlyList<string> Vacant => Event is CaseEscalated { Vacant: { IsDefault: false } vacant } ? vacant : [];

    /// <summary>The case into which it was merged; for <c>main-stepped</c>, with the status that it has since.</summary>
    public MainCase? Main =>
        Event switch
        {
            CaseMerged merged => merged.Into,
            CaseMainStepped stepped => stepped.Main,
            _ => null,
        };

    /// <summary>The case that it was linked with.</summary>
    public LinkedCase? Linked =>
        Event switch
        {
            CaseLinked linked => linked.To,
            CaseLinkAdded added => added.To,
            _ => null,
        };

    /// <summary>How it was settled by mediation.</summary>
    public Mediation? Mediation => (Event as CaseResolved)?.Mediation;

    /// <summary>The case that was merged into this one.</summary>
    public DuplicateCase? Duplicate => (Event as CaseDuplicateJoined)?.Duplicate;

    /// <summary>It climbed, because it was returned as often as the catalogue allows.</summary>
    public bool AfterReturns => Event is CaseEscalated { AfterReturns: true };
    public IReadOnlyList<string> Photos => Event is IHasPhotos { Photos: { IsDefault: false } photos } ? photos : [];
}

public sealed class CaseQueries(NpgsqlDataSource source)
{
    /// <summary>
    /// No list is counted further than this: counting all of a million cases takes seconds, and nobody reads the list to its end.
    /// </summary>
    public const int CountedAtMost = 10_000;

    /// <summary>How many cases of an export are in memory at once.</summary>
    const int ExportBatch = 2000;

    const string ExportColumns = $"""
        {CaseRow.Columns}, c.detail, c.department, c.rating,
        (select array[m.level, m.is_agreed::text, m.number] from mediation m where m.case_id = c.id)
        """;

    /// <summary>One page of the cases, and how many there are on all pages, which is counted as <see cref="Count"/> does.</summary>
    public async Task<(IReadOnlyList<CaseRow> Rows, int Counted)> List(CaseFilter filter, CancellationToken cancellationToken)
    {
        // Counted for every page: how many there are decides how a page is found.
        await using (var batch = source.CreateBatch())
        {
            CaseStatement.Find(batch, CaseRow.Columns, filter, CountedAtMost);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var counted = (int)reader.GetInt64(reader.FieldCount - 1);
            if (counted <= CountedAtMost)
                return (await ReadFound(reader, cancellationToken), counted);
        }
        return (await Page(filter, cancellationToken), CountedAtMost + 1);
    }

    /// <summary>The rows of a page; one without a case when there is none.</summary>
    static async Task<IReadOnlyList<CaseRow>> ReadFound(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<CaseRow>();
        if (await reader.IsDBNullAsync(0, cancellationToken))
            return rows;
        do rows.Add(CaseRow.Read(reader));
        while (await reader.ReadAsync(cancellationToken));
        return rows;
    }

    /// <summary>A page of many cases.</summary>
    async Task<IReadOnlyList<CaseRow>> Page(CaseFilter filter, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        CaseStatement.Select(batch, CaseRow.Columns, filter, areFew: false);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    /// <summary>How many cases the filter finds on all pages; the bound where there are as many or more.</summary>
    public async Task<int> Count(CaseFilter filter, int bound, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        CaseStatement.Count(batch, filter, bound);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (int)reader.GetInt64(0);
    }

    /// <summary>All cases of an export, some at a time. Between two batches a slow reader holds no connection.</summary>
    /// <param name="counted">How many there are about.</param>
    public async IAsyncEnumerable<IReadOnlyList<ExportedCase>> ExportAll(
        CaseFilter filter,
        int counted,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        filter = filter with { Limit = ExportBatch };
        while (true)
        {
            var batch = await Export(filter, counted <= CountedAtMost, cancellationToken);
            if (batch.Count > 0)
                yield return batch;
            if (batch.Count < ExportBatch)
                yield break;
            filter = filter with { After = batch[^1].Case.Place(filter.Order) };
        }
    }

    async Task<IReadOnlyList<ExportedCase>> Export(CaseFilter filter, bool areFew, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        CaseStatement.Select(batch, ExportColumns, filter, areFew);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var cases = new List<ExportedCase>();
        var first = reader.FieldCount - 4;
        var (detail, department, rating, mediation) = (first, first + 1, first + 2, first + 3);
        while (await reader.ReadAsync(cancellationToken))
            cases.Add(
                new(
                    CaseRow.Read(reader),
                    reader.GetString(detail),
                    reader.IsDBNull(department) ? null : reader.GetString(department),
                    reader.IsDBNull(rating) ? null : reader.GetInt16(rating),
                    reader.IsDBNull(mediation) ? null : MediationOf(reader.GetFieldValue<string[]>(mediation))
                )
            );
        return cases;
    }

    static (string, bool, string) MediationOf(string[] values) => (values[0], values[1] == "true", values[2]);

    /// <summary>Whether an operation has had its effect on a case.</summary>
    public async Task<bool> HasTaken(Guid id, Guid operation, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select exists (select from journal where stream = $1 and operation = $2)");
        command.Bind(Parameters.Of(CaseEntry.StreamOf(id)), Parameters.Of(operation));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The area that a case was reported in; null when there is no such case.</summary>
    public async Task<AreaId?> AreaOf(Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select area from case_file where id = $1");
        command.Parameters.Add(Parameters.Of(id));
        return await command.ExecuteScalarAsync(cancellationToken) is string area ? new AreaId(area) : null;
    }

    /// <summary>The steps of a case after one of them, oldest first.</summary>
    /// <param name="after">The sequence of the last step that is known; 0 from the beginning.</param>
    public async Task<IReadOnlyList<CaseHistoryItem>> History(Guid id, int after, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select sequence, at, by, status, kind, data from journal where stream = $1 and sequence > $2 order by sequence limit $3"
        );
        command.Bind(Parameters.Of(CaseEntry.StreamOf(id)), Parameters.Of(after), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<CaseHistoryItem>();
        while (await reader.ReadAsync(cancellationToken))
            items.Add(
                new(
                    reader.GetInt32(0),
                    reader.GetFieldValue<DateTimeOffset>(1),
                    new(reader.GetString(2)),
                    (CaseStatus)reader.GetInt16(3),
                    CaseEventJson.Read(reader.GetString(4), reader.GetString(5), (CaseStatus)reader.GetInt16(3))
                )
            );
        return items;
    }

    internal static async Task<IReadOnlyList<CaseRow>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await Read(reader, cancellationToken);
    }

    static async Task<IReadOnlyList<CaseRow>> Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<CaseRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(CaseRow.Read(reader));
        return rows;
    }
}
