using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Households;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;

namespace GridActors.Web.WorkerDays;

/// <summary>Judges the items of one request, with everything that had to be looked up.</summary>
sealed class FieldJudge(
    FieldIntakeRequest request,
    FieldContext context,
    IReadOnlyDictionary<string, PhotoEvidence> photos,
    AreaShapes shapes,
    AreaMaps maps,
    TimeSpan onDutyWithin
)
{
    readonly Caller _caller = request.Caller;
    readonly FieldRules _rules = WorkerDayRules.RulesOf(request.Caller.Pack);

    /// <summary>What the person did before, and what else this request tells: items come in any order.</summary>
    readonly MeasuredPositions _others = new([
        .. context.Nearby,
        .. request
            .Items.Where(i => i is { Problem: null, Points.IsEmpty: true, Position.IsMeasured: true })
            .Select(i => new MeasuredPosition(i.Key, At(request, i), i.Position!.At, i.Position.Accuracy)),
    ]);

    readonly Lazy<IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)>> _onDuty = new(() => OnDuty(request, context));

    /// <summary>Why an item can't be taken at all; null when it can. Doubts are no reason.</summary>
    public ItemProblemJson? Refuse(FieldItem item)
    {
        if (At(request, item) < request.ReceivedAt - WorkerDayRules.Oldest)
            return Invalid(item.Points.IsEmpty ? "at" : "points", "时间过早", "is too long ago");
        if (!item.Points.IsEmpty)
            return item.Points.All(p => IsOnDuty(p.At + Shift())) ? null : Coded(WorkerDayRejections.OffDuty);
        if (!item.Households.All(MaySee))
            return Coded(
                CaseRejections.NotFound,
                ("households", "没有这一户，或无权查看", "has one that you can't see, or that isn't there")
            );
        if (item.Place is { } place && !MaySeePlace(place))
            return Coded(
                CaseRejections.NotFound,
                (item.Kind == FieldRecordKind.Visit ? "place" : "checkpoint", "没有这个场所", "isn't there")
            );
        if (item.Photos.Any(context.NotUploaded.Contains))
            return Invalid("photos", "有照片未由本人上传", "has a photo that you haven't uploaded");
        return item.Area is { } area && !MayWorkIn(area)
            ? Coded(CaseRejections.NotYourArea, ("area", "不在您的辖区", "isn't yours"))
            : null;
    }

    public FieldRecordRow Record(FieldItem item)
    {
        var (area, hasCode) = (AreaOf(item), HasCode(item));
        var at = At(request, item);
        var day = WorkerDayRules.DayOf(_caller.Pack, _caller.Id, item.Kind, at);
        var judgement = PlausibilityRules.Judge(
            new(item.Key, item.Kind, item.At, item.Sequence, item.Position, hasCode, item.Details.OutOfOffice == true, item.Photos),
            new(
                request.ReceivedAt,
                request.ClockOff,
                _rules.Thresholds,
                shapes.Of(_caller.Pack, area),
                StationsOf(area),
                _others,
                context.Others.GetValueOrDefault(day) + 1,
                [.. item.Photos.Select(photos.GetValueOrDefault).OfType<PhotoEvidence>()]
            )
        );
        return new(
            _caller.Id,
            item.Key,
            area.Id,
            day,
            item.Kind,
            item.At,
            at,
            request.ReceivedAt,
            request.Device,
            item.Sequence,
            item.Position,
            judgement.Graded.Grade,
            judgement.Graded.Reasons,
            item.Until is { } until ? until + (at - item.At) : null,
            item.Patrol,
            item.Households,
            item.Photos,
            item.Details with
            {
                Facts = judgement.Facts,
            },
            null,
            false
        )
        {
            Flags = judgement.Flags,
        };
    }

    public FieldTrackRow Track(FieldItem item)
    {
        var shift = Shift();
        ImmutableArray<TrackPoint> points =
            shift == TimeSpan.Zero ? item.Points : [.. item.Points.Select(p => p with { At = p.At + shift })];
        var home = WorkerDayRules.HomeOf(_caller.Person) ?? _caller.Pack.Root;
        return new(
            _caller.Id,
            item.Key,
            home.Id,
            WorkerDayRules.DayOf(_caller.Pack, _caller.Id, null, points[0].At),
            request.ReceivedAt,
            request.Device,
            item.Sequence,
            item.Patrol,
            item.Source,
            item.CameIn,
            item.IsMocked,
            points
        );
    }

    static DateTimeOffset At(FieldIntakeRequest request, FieldItem item) =>
        PlausibilityRules.Correct(item.At, request.ReceivedAt, request.ClockOff, WorkerDayRules.RulesOf(request.Caller.Pack).Thresholds)
        ?? item.At;

    /// <summary>By how much the points of a track are moved: by as much as the clock is off, when it is off at all.</summary>
    TimeSpan Shift() => request.ClockOff.Duration() > TimeSpan.FromMinutes(_rules.Thresholds.ClockOff) ? request.ClockOff : TimeSpan.Zero;

    bool IsOnDuty(DateTimeOffset at) => _onDuty.Value.Any(i => at >= i.From - onDutyWithin && at <= i.To + onDutyWithin);

    static IReadOnlyList<(DateTimeOffset, DateTimeOffset)> OnDuty(FieldIntakeRequest request, FieldContext context)
    {
        var intervals = new List<(DateTimeOffset, DateTimeOffset)>();
        foreach (var day in context.Duty.GroupBy(d => d.Day, d => d.Record))
        {
            var closes = WorkerDayRules.ClosesAt(request.Caller.Pack, request.Caller.Id, day.Key);
            foreach (var (from, to) in DutyStates.Intervals(day))
                intervals.Add((from, to ?? closes));
        }
        return intervals;
    }

    bool MaySee(Guid household) =>
        context.Households.TryGetValue(household, out var known)
        && HouseholdAccess.Of(_caller.Pack, _caller.Id, known.Area, known.Worker).MaySee;

    bool MaySeePlace(Guid place) =>
        context.Places.TryGetValue(place, out var area) && area.Pack == _caller.Pack.Pack.Id && _caller.ReadsHouseholds(area.Code);

    /// <summary>Where they may report, and where somebody on leave may for whom they stand in.</summary>
    bool MayWorkIn(AreaNode area) =>
        _caller.Person.Over(area).Has(Permission.Report)
        || _caller
            .Pack.Leaves.All.Where(l => l.Covers(request.ReceivedAt))
            .Any(l =>
                Deputies.Of(_caller.Pack, l).Contains(_caller.Id)
                && _caller.Pack.Person(l.Person)?.Over(area).Has(Permission.Report) == true
            );

    AreaNode AreaOf(FieldItem item)
    {
        AreaId? visited =
            item.Households is [var first, ..] ? context.Households[first].Area
            : item.Place is { } place ? context.Places[place]
            : null;
        if (visited is { } there && _caller.Pack.StandIn(there.Code) is { } node)
            return node;
        if (item.Area is { } named)
            return named;
        var home = WorkerDayRules.HomeOf(_caller.Person) ?? _caller.Pack.Root;
        // Whoever works in several grids is in the one at the position.
        if (
            home.Children.Count > 0
            && item.Position is { } position
            && maps.At(_caller.Pack, position.At) is { } leaf
            && home.Contains(leaf)
        )
            return leaf;
        return home;
    }

    /// <summary>Whether a code was scanned that is put up there: of the visited door, of a door of the pack, or of the station.</summary>
    bool HasCode(FieldItem item)
    {
        if (FieldCodes.StationIn(item.Code) is { } code)
            return _caller.Area(code) is { } station && (WorkerDayRules.HomeOf(_caller.Person) is not { } home || station.Contains(home));
        if (item.CodeId is not { } id)
            return false;
        if (item.Kind == FieldRecordKind.Visit)
            return item.Place == id || item.Households.Any(h => h == id || context.Households[h].Place == id);
        return MaySeePlace(id);
    }

    IReadOnlyCollection<Position> StationsOf(AreaNode area) =>
        [.. _rules.Stations.Where(s => _caller.Area(s.Area) is { } at && at.Contains(area)).Select(s => new Position(s.Lon, s.Lat))];

    ItemProblemJson Invalid(string field, string chinese, string english) => Coded(Problem.InvalidRequest, (field, chinese, english));

    ItemProblemJson Coded(string code, params ReadOnlySpan<(string Field, string Chinese, string English)> wrong)
    {
        var fields = new Fields(request.English);
        foreach (var (field, chinese, english) in wrong)
            fields.Wrong(field, chinese, english);
        return new(code, Problem.Sentence(code, request.English), fields.Errors);
    }
}
