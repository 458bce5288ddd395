using System.Collections.Immutable;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;

namespace GridActors.Web.WorkerDays;

/// <summary>A request of a phone, read.</summary>
/// <param name="ClockOff">By how much the clock of the device is behind that of the service.</param>
sealed record FieldIntakeRequest(
    Caller Caller,
    string Device,
    DateTimeOffset ReceivedAt,
    TimeSpan ClockOff,
    IReadOnlyList<FieldItem> Items,
    bool English
);

/// <summary>
/// Takes what phones tell: looks up what all the items of a request name, judges each, writes all of them, and notifies the areas. Requests
/// that come at the same time share the round trip of the look-up and the commit. No actor is called for it.
/// </summary>
sealed class FieldIntake(
    FieldContextQueries contexts,
    FieldRecordWriter writer,
    IPhotoEvidence photos,
    WorkerDaySealer sealer,
    AreaShapes shapes,
    AreaMaps maps,
    DutyFeed feed,
    ServiceTime clock
)
{
    /// <summary>How far a point of a track may be from the time on duty: a phone's clock isn't exact.</summary>
    static readonly TimeSpan OnDutyWithin = TimeSpan.FromMinutes(5);

    /// <summary>
    /// With how many positions before it a record is compared: enough to see the same coordinates again and again. How many times it was
    /// is counted up to here.
    /// </summary>
    const int LeastCompared = 8;

    /// <exception cref="FieldBusyException">Nothing was accepted.</exception>
    /// <exception cref="FieldUnavailableException">Some of it may be stored; to send it again changes nothing.</exception>
    public async Task<BatchAnswerJson> Take(FieldIntakeRequest request, CancellationToken cancellationToken)
    {
        var answers = new ItemAnswerJson?[request.Items.Count];
        for (var i = 0; i < answers.Length; i++)
            if (request.Items[i].Problem is { } problem)
                answers[i] = ItemAnswerJson.Refused(request.Items[i].Id, problem);
        if (answers.All(a => a is not null))
            return new(clock.GetUtcNow(), answers!);
        var context = await contexts.Read(QuestionOf(request));
        var evidence = await Photos(request, cancellationToken);
        var intake = new FieldJudge(request, context, evidence, shapes, maps, OnDutyWithin);
        var (records, tracks, sent) = (new List<FieldRecordRow>(), new List<FieldTrackRow>(), new Dictionary<Guid, int>());
        var refused = new List<(int Index, ItemProblemJson Problem)>();
        for (var i = 0; i < answers.Length; i++)
        {
            var item = request.Items[i];
            if (answers[i] is not null || sent.ContainsKey(item.Key))
                continue;
            if (intake.Refuse(item) is { } refusal)
                refused.Add((i, refusal));
            else
            {
                sent[item.Key] = i;
                if (item.Points.IsEmpty)
                    records.Add(await Sealed(request.Caller, item, intake.Record(item), cancellationToken));
                else
                    tracks.Add(intake.Track(item));
            }
        }
        if (refused.Count > 0)
            await Refuse(request, refused, answers, cancellationToken);
        if (sent.Count > 0)
            await Write(request, context, records, tracks, sent, answers, cancellationToken);
        // The same id twice in one request is a repeat of the first one.
        for (var i = 0; i < answers.Length; i++)
            answers[i] ??= answers[sent[request.Items[i].Key]]! with { Outcome = ItemAnswerJson.Repeated };
        return new(clock.GetUtcNow(), answers!);
    }

    /// <summary>What was taken before stays taken, whatever would be said of it now.</summary>
    async Task Refuse(
        FieldIntakeRequest request,
        List<(int Index, ItemProblemJson Problem)> refused,
        ItemAnswerJson?[] answers,
        CancellationToken cancellationToken
    )
    {
        Guid[] ids = [.. refused.Select(r => request.Items[r.Index].Key)];
        var judged = await contexts.Judged(request.Caller.Id, ids, cancellationToken);
        foreach (var (index, problem) in refused)
            answers[index] = judged.TryGetValue(request.Items[index].Key, out var known)
                ? ItemAnswerJson.Of(request.Items[index].Id, ItemAnswerJson.Repeated, known)
                : ItemAnswerJson.Refused(request.Items[index].Id, problem);
    }

    async Task Write(
        FieldIntakeRequest request,
        FieldContext context,
        List<FieldRecordRow> records,
        List<FieldTrackRow> tracks,
        Dictionary<Guid, int> sent,
        ItemAnswerJson?[] answers,
        CancellationToken cancellationToken
    )
    {
        var caller = request.Caller;
        var home = WorkerDayRules.HomeOf(caller.Person)?.Id ?? caller.Pack.Root.Id;
        WorkerDayRow[] days =
        [
            .. records
                .Select(r => r.Day)
                .Distinct()
                .Select(d => new WorkerDayRow(caller.Id, d, home, WorkerDayRules.ClosesAt(caller.Pack, caller.Id, d))),
        ];
        FieldDeviceRow[] devices =
        [
            .. days.Where(d => !context.KnownDays.Contains(d.Day)).Select(d => new FieldDeviceRow(request.Device, d.Day, caller.Id)),
        ];
        var written = await writer.Write(new(days, devices, records, tracks));
        Guid[] known = [.. Ids().Where((_, i) => written[i].Outcome is FieldOutcome.Known or FieldOutcome.MaybeTaken)];
        var judged = known.Length == 0 ? null : await contexts.Judged(caller.Id, known, cancellationToken);
        var row = 0;
        foreach (var id in Ids())
        {
            var (index, now) = (sent[id], written[row]);
            var item = request.Items[index];
            var taken =
                row < records.Count
                    ? ItemAnswerJson.Of(item.Id, ItemAnswerJson.Taken, records[row], now.IsLate)
                    : new(item.Id, ItemAnswerJson.Taken, tracks[row - records.Count].Day, false, null, [], [], null);
            answers[index] =
                now.Outcome == FieldOutcome.Refused ? ItemAnswerJson.Refused(item.Id, NotStored(request))
                : now.Outcome == FieldOutcome.Taken || judged?.GetValueOrDefault(id) is not { } other ? taken
                // A commit that was repeated after a broken connection finds what it had written itself.
                : ItemAnswerJson.Of(
                    item.Id,
                    now.Outcome == FieldOutcome.MaybeTaken && other.ReceivedAt == request.ReceivedAt
                        ? ItemAnswerJson.Taken
                        : ItemAnswerJson.Repeated,
                    other
                );
            row++;
        }
        foreach (var area in records.Select(r => r.Area).Append(home))
            feed.Notify(area);

        IEnumerable<Guid> Ids() => records.Select(r => r.Id).Concat(tracks.Select(t => t.Id));
    }

    async Task<FieldRecordRow> Sealed(Caller caller, FieldItem item, FieldRecordRow row, CancellationToken cancellationToken)
    {
        if (item.Words.AreEmpty)
            return row;
        SubjectKey? key = await sealer.NeededKey(caller.Pack, caller.Id, row.Day, cancellationToken);
        return row with { Note = sealer.Seal(key, item.Words) };
    }

    async Task<IReadOnlyDictionary<string, PhotoEvidence>> Photos(FieldIntakeRequest request, CancellationToken cancellationToken)
    {
        string[] named = [.. request.Items.Where(i => i.Problem is null).SelectMany(i => i.Photos).Distinct()];
        return named.Length == 0
            ? ImmutableDictionary<string, PhotoEvidence>.Empty
            : await photos.Of(request.Caller.Pack, request.Caller.Id, named, [.. request.Items.Select(i => i.Key)], cancellationToken);
    }

    static FieldQuestion QuestionOf(FieldIntakeRequest request)
    {
        FieldItem[] items = [.. request.Items.Where(i => i.Problem is null)];
        var (pack, thresholds) = (request.Caller.Pack, WorkerDayRules.RulesOf(request.Caller.Pack).Thresholds);
        DayMoment[] times = [.. items.Select(MomentOf).OrderBy(t => t.Day).ThenBy(t => t.At)];
        return new(
            request.Caller.Id,
            request.Device,
            times[0],
            times[^1],
            Math.Max(thresholds.Same, LeastCompared),
            items.Any(i => i.Position?.IsMeasured == true),
            !items[0].Points.IsEmpty,
            [.. items.SelectMany(i => i.Households).Distinct()],
            [.. items.SelectMany(i => new[] { i.Place, i.CodeId }).OfType<Guid>().Distinct()],
            [.. items.SelectMany(i => i.Photos).Distinct()]
        );

        DayMoment MomentOf(FieldItem item)
        {
            var at = PlausibilityRules.Correct(item.At, request.ReceivedAt, request.ClockOff, thresholds) ?? item.At;
            return new(WorkerDayRules.DayOf(pack, request.Caller.Id, item.Points.IsEmpty ? item.Kind : null, at), at);
        }
    }

    static ItemProblemJson NotStored(FieldIntakeRequest request) =>
        new(Problem.InvalidRequest, Problem.Sentence(Problem.InvalidRequest, request.English), ImmutableDictionary<string, string>.Empty);
}
