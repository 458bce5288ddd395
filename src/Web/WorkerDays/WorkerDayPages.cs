using GridActors.Contracts.Areas;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Households;
using GridActors.Storage.Time;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.WorkerDays;

/// <summary>Makes a day of what is stored of it, as far as the caller may see it.</summary>
sealed class WorkerDayPages(HouseholdQueries households, WorkerDaySealer sealer, ServiceTime clock)
{
    const int DeviceShown = 8;

    /// <param name="mayReadTracks">Whether the caller may see positions.</param>
    public async Task<WorkerDayJson> Of(
        WorkerDayView view,
        WorkerDayContent content,
        IReadOnlyList<StoredTrack> track,
        bool mayReadTracks,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var (pack, now) = (caller.Pack, clock.GetUtcNow());
        var key = content.Records.Any(r => r.Note is not null) ? await sealer.KeyOf(view.Person, view.Day, cancellationToken) : null;
        var visited = await Visited(content, caller, cancellationToken);
        var flags = content.Flags.ToLookup(f => f.Record);
        var isSealed = pack.Pack.Households is not null;
        FieldRecordJson[] records =
        [
            .. content.Records.Select(r =>
                RecordOf(
                    r,
                    flags[r.Id],
                    MayReadNote(r, caller) ? sealer.Open(key, r.Note, isSealed) : FieldWords.None,
                    visited,
                    mayReadTracks,
                    caller
                )
            ),
        ];
        var duty = DutyStates.At(
            content.Records.Select(r => new DutyRecord(r.Kind, r.At, r.Sequence, r.Until)),
            now,
            view.ClosedAt is null && content.Day?.ClosedAt is null
        );
        var leave = pack.Leaves.Of(view.Person, now);
        return new(
            view.Person.Id,
            pack.NameOf(view.Person),
            view.Day,
            WorkerDayNames.Of(duty.State),
            duty.Since,
            (view.ClosedAt ?? content.Day?.ClosedAt) is not null,
            content.Day?.ClosesAt ?? WorkerDayRules.ClosesAt(pack, view.Person, view.Day),
            content.Records.Count(r => r.IsLate),
            leave?.To,
            [.. leave is null ? [] : Deputies.Of(pack, leave).Select(d => new NamedPersonJson(d.Id, pack.NameOf(d)))],
            [.. WorkerDayRules.Shifts(pack, view.Person, view.Day).Select(s => new ShiftJson(s.Begins, s.Ends))],
            records,
            Patrols(content.Records, track, pack),
            TextOf(view.Diary, pack),
            TextOf(view.HandOver, pack),
            CountsOf(content)
        );
    }

    /// <summary>The visited households that the caller may see.</summary>
    async Task<IReadOnlyDictionary<Guid, HouseholdItemJson>> Visited(
        WorkerDayContent content,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        Guid[] ids = [.. content.Records.SelectMany(r => r.Households).Distinct()];
        if (ids.Length == 0 || caller.Pack.Pack.Households is null)
            return new Dictionary<Guid, HouseholdItemJson>();
        var rows = await households.Of(ids, cancellationToken);
        return rows.Where(r => r.Area.Pack == caller.Pack.Pack.Id && caller.ReadsHouseholds(r.Area.Code))
            .ToDictionary(r => r.Id, r => HouseholdItemJson.Of(r, caller));
    }

    /// <summary>What was noted on a visit is about a household.</summary>
    static bool MayReadNote(FieldRecordRow row, Caller caller) =>
        row.Person == caller.Id || row.Kind != FieldRecordKind.Visit || caller.ReadsHouseholds(row.Area.Code);

    static FieldRecordJson RecordOf(
        FieldRecordRow row,
        IEnumerable<StoredFlag> flags,
        FieldWords words,
        IReadOnlyDictionary<Guid, HouseholdItemJson> visited,
        bool mayReadTracks,
        Caller caller
    )
    {
        var pack = caller.Pack;
        return new(
            row.Id.ToString(),
            WorkerDayNames.Of(row.Kind),
            row.DeviceAt,
            row.At == row.DeviceAt ? null : row.At,
            row.ReceivedAt,
            row.Sequence,
            row.Device.Length > DeviceShown ? row.Device[..DeviceShown] : row.Device,
            row.Area.Code,
            AreaName(pack, row.Area),
            WorkerDayNames.Of(row.Grade),
            [.. row.Reasons.Select(WorkerDayNames.Of)],
            [.. flags.Select(f => FlagOf(f.Flag, f.ClearedBy, f.ClearedAt, f.Reason, pack))],
            mayReadTracks && row.Position is { } p ? PositionOf(p) : null,
            row.Kind == FieldRecordKind.Visit ? VisitOf(row, words, visited, pack) : null,
            row.Details.Checkpoint,
            CheckpointName(row.Details.Checkpoint, pack),
            row.Details.Seen,
            row.Kind == FieldRecordKind.Visit || row.Details.Cases is not [var found, ..] ? null : found.ToString("N"),
            row.Patrol?.ToString(),
            row.Details.OutOfOffice == true,
            words.Note,
            row.Photos,
            [.. (row.Details.With ?? []).Select(w => new NamedPersonJson(w, pack.NameOf(new(pack.Pack.Id, w))))],
            row.IsLate
        );
    }

    static VisitJson VisitOf(FieldRecordRow row, FieldWords words, IReadOnlyDictionary<Guid, HouseholdItemJson> visited, LoadedPack pack)
    {
        var (rules, details) = (WorkerDayRules.RulesOf(pack), row.Details);
        var purpose = rules.Purpose(details.Purpose ?? "");
        return new(
            [.. row.Households.Select(visited.GetValueOrDefault).OfType<HouseholdItemJson>()],
            row.Households.Length,
            details.Place?.ToString("N"),
            row.Until,
            details.Purpose,
            purpose?.Name ?? details.Purpose,
            purpose?.NameEn ?? details.Purpose,
            [
                .. (details.Settled ?? []).Select(s => new SettledJson(
                    s.Item,
                    rules.SettleItem(s.Item)?.Name ?? s.Item,
                    rules.SettleItem(s.Item)?.NameEn ?? s.Item,
                    s.Done,
                    words.Settled.GetValueOrDefault(s.Item, "")
                )),
            ],
            details.Appointment?.ToString(),
            details.Changed == true,
            [.. (details.Cases ?? []).Select(c => c.ToString("N"))]
        );
    }

    static IReadOnlyList<PatrolJson> Patrols(IReadOnlyList<FieldRecordRow> records, IReadOnlyList<StoredTrack> track, LoadedPack pack)
    {
        var patrols = new List<PatrolJson>();
        foreach (var start in records.Where(r => r.Kind == FieldRecordKind.PatrolStart))
        {
            // It ends when it is said to, when the next one begins, or with the day.
            var end = records.FirstOrDefault(r =>
                r.At >= start.At
                && r.Id != start.Id
                && (
                    r.Kind == FieldRecordKind.PatrolEnd
                        ? r.Patrol is null || r.Patrol == start.Id
                        : r.Kind is FieldRecordKind.PatrolStart or FieldRecordKind.SignOut
                )
            );
            patrols.Add(
                new(
                    start.Id.ToString(),
                    start.At,
                    end?.At,
                    [
                        .. records
                            .Where(r => r.Kind == FieldRecordKind.Checkpoint && r.Patrol == start.Id)
                            .Select(r => new PatrolCheckpointJson(
                                r.Id.ToString(),
                                r.Details.Checkpoint,
                                CheckpointName(r.Details.Checkpoint, pack),
                                r.At,
                                r.Details.Seen
                            )),
                    ],
                    Gaps(start.At, end?.At, [.. track.SelectMany(t => t.Points).Select(p => p.At)])
                )
            );
        }
        return patrols;
    }

    static IReadOnlyList<GapJson> Gaps(DateTimeOffset from, DateTimeOffset? to, IReadOnlyList<DateTimeOffset> points)
    {
        var gaps = new List<GapJson>();
        var last = from;
        foreach (var at in points.Where(p => p >= from && (to is null || p <= to)).Order().Concat(to is { } end ? [end] : []))
        {
            if (at - last >= TrackRule.Gap)
                gaps.Add(new(last, at));
            last = at;
        }
        return gaps;
    }

    static DayCountsJson CountsOf(WorkerDayContent content) =>
        new(
            content.Records.Count,
            content.Records.Count(r => WorkerDayQueries.IsCheckIn(r.Kind)),
            content.Records.Count(r => r.Kind == FieldRecordKind.Visit),
            content.Records.SelectMany(r => r.Households).Distinct().Count(),
            content.Records.Count(r => r.Kind == FieldRecordKind.PatrolStart),
            content.Records.Count(r => r.Kind == FieldRecordKind.Checkpoint),
            content.Records.Count(r => r.Details.Seen == "hazard"),
            content.Records.Sum(r => r.Photos.Length),
            content.Flags.Count(f => f.ClearedAt is null)
        );

    static DayTextJson? TextOf(DayText? text, LoadedPack pack) =>
        text is null ? null : new(text.Text, text.At, text.To?.Id, text.To is { } to ? pack.NameOf(to) : null);

    internal static FlagJson FlagOf(
        Flag flag,
        Contracts.People.PersonId? clearedBy,
        DateTimeOffset? clearedAt,
        string? reason,
        LoadedPack pack
    ) => new(WorkerDayNames.Of(flag.Kind), flag.Detail, clearedBy?.Id, clearedBy is { } by ? pack.NameOf(by) : null, clearedAt, reason);

    internal static FieldPositionJson PositionOf(FieldPosition p) =>
        new(
            p.At.Lon,
            p.At.Lat,
            Math.Round(p.Accuracy, 1),
            WorkerDayNames.Sources.First(s => s.Value == p.Source).Key,
            WorkerDayNames.Systems.First(s => s.Value == p.CameIn).Key
        );

    internal static string AreaName(LoadedPack pack, AreaId area) => pack.StandIn(area.Code)?.Name ?? area.Code;

    /// <summary>Of a line of the checklist; null for a key place, whose name is its own page's.</summary>
    static string? CheckpointName(string? checkpoint, LoadedPack pack) =>
        checkpoint is null ? null : pack.Pack.Checklist.FirstOrDefault(i => i.Id == checkpoint)?.Name;
}
