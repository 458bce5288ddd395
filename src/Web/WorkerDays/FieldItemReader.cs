using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;

namespace GridActors.Web.WorkerDays;

/// <summary>Reads the items of batches one by one: what is wrong with one of them concerns that one alone.</summary>
sealed class FieldItemReader(Caller caller, bool english, JsonSerializerOptions json)
{
    const int MaxNote = 500;
    const int MaxVisitNote = 2000;
    const int MaxSettledNote = 200;
    const int MaxCode = 400;
    const int MaxName = 100;
    const int MaxHouseholds = 20;
    const int MaxWith = 20;
    const int MaxCases = 20;
    const int MaxPoints = 500;
    const double MaxAccuracy = 100_000;

    public FieldItem CheckIn(JsonElement element) =>
        Read<CheckInItemRequest>(
            element,
            r => r.Id,
            (body, fields) =>
            {
                var item = Start(body, fields, MaxNote);
                if (body.Kind is null || !WorkerDayNames.CheckIns.TryGetValue(body.Kind, out var kind))
                {
                    var kinds = string.Join(", ", WorkerDayNames.CheckIns.Keys);
                    fields.Wrong("kind", $"应为 {kinds} 之一", $"must be one of {kinds}");
                    kind = FieldRecordKind.CheckIn;
                }
                if (body.Seen is not (null or "ok" or "hazard"))
                    fields.Wrong("seen", "应为 ok 或 hazard", "must be ok or hazard");
                var area = caller.Area(body.Area);
                if (body.Area is not null && area is null)
                    fields.Wrong("area", "没有这个网格", "is no area of the pack");
                var checkpoint = fields.Text("checkpoint", body.Checkpoint, MaxName, required: false);
                var hazard = Uuid(fields, "case", body.Case);
                Guid? place = Guid.TryParse(checkpoint, out var id) ? id : null;
                var company = With(fields, body.With);
                return item with
                {
                    Kind = kind,
                    Area = area,
                    Patrol = Uuid(fields, "patrol", body.Patrol),
                    With = company,
                    Place = place,
                    Details = item.Details with
                    {
                        With = company.IsEmpty ? null : [.. company.Select(w => w.Id)],
                        Checkpoint = checkpoint.Length == 0 ? null : checkpoint,
                        Seen = body.Seen,
                        Cases = hazard is { } found ? [found] : null,
                        OutOfOffice = body.OutOfOffice == true ? true : null,
                        Place = place,
                    },
                };
            }
        );

    public FieldItem Visit(JsonElement element) =>
        Read<VisitItemRequest>(
            element,
            r => r.Id,
            (body, fields) =>
            {
                var item = Start(body, fields, MaxVisitNote);
                var rules = WorkerDayRules.RulesOf(caller.Pack);
                var households = Uuids(fields, "households", body.Households, MaxHouseholds);
                var place = Uuid(fields, "place", body.Place);
                if (households.IsEmpty && place is null && body.Households is not { Count: > 0 } && body.Place is null)
                    fields.Wrong("households", "须填写走访的户或重点场所", "or a place is needed");
                var until = Time(fields, "until", body.Until, required: false);
                if (until < item.At)
                    fields.Wrong("until", "结束时间不能早于开始时间", "is before the beginning");
                // Where the pack has no list, any visit is one.
                if (rules.Purposes.Length > 0 && rules.Purpose(body.Purpose ?? "") is null)
                    fields.Wrong("purpose", "须选择走访事由", "must be a purpose of the pack");
                var settled = Settled(fields, rules, body.Settled);
                var cases = Uuids(fields, "cases", body.Cases, MaxCases);
                return item with
                {
                    Kind = FieldRecordKind.Visit,
                    Households = households,
                    Place = place,
                    Until = until,
                    Words = item.Words with
                    {
                        Settled = settled
                            .Where(s => s.Note.Length > 0)
                            .ToImmutableSortedDictionary(s => s.Item, s => s.Note, StringComparer.Ordinal),
                    },
                    Details = item.Details with
                    {
                        Place = place,
                        Purpose = body.Purpose,
                        Settled = settled.IsEmpty ? null : [.. settled.Select(s => new SettledDetail(s.Item, s.Done))],
                        Appointment = Uuid(fields, "appointment", body.Appointment),
                        Changed = body.Changed == true ? true : null,
                        Cases = cases.IsEmpty ? null : cases,
                    },
                };
            }
        );

    public FieldItem Track(JsonElement element) =>
        Read<TrackItemRequest>(
            element,
            r => r.Id,
            (body, fields) =>
            {
                var (source, system) = (Source(fields, "source", body.Source), System(fields, "crs", body.Crs));
                var points = Points(fields, body.Points, system);
                return new FieldItem(body.Id, Key(fields, body.Id), Sequence(fields, body.Sequence), points.FirstOrDefault().At, null)
                {
                    Patrol = Uuid(fields, "patrol", body.Patrol),
                    Points = points,
                    Source = source,
                    CameIn = system,
                    IsMocked = body.Mock == true,
                };
            }
        );

    FieldItem Read<T>(JsonElement element, Func<T, string?> id, Func<T, Fields, FieldItem> read)
        where T : class
    {
        var fields = new Fields(english);
        try
        {
            if (element.ValueKind != JsonValueKind.Object || element.Deserialize<T>(json) is not { } body)
            {
                fields.Wrong("item", "不是一条记录", "is no record");
                return Refused(null, fields);
            }
            var item = read(body, fields);
            return fields.AreValid ? item : Refused(id(body), fields);
        }
        catch (JsonException e)
        {
            fields.Wrong(e.Path is { Length: > 2 } path ? path[2..] : "item", "格式或类型不对", "is malformed, or of the wrong type");
            return Refused(IdOf(element), fields);
        }
        catch (InvalidOperationException)
        {
            fields.Wrong("item", "含有无法显示的字符", "has characters that can't be shown");
            return Refused(null, fields);
        }
    }

    FieldItem Refused(string? id, Fields fields) =>
        new(
            id is { Length: <= MaxName } ? id : null,
            Guid.Empty,
            0,
            default,
            new(Problem.InvalidRequest, Problem.Sentence(Problem.InvalidRequest, english), fields.Errors)
        );

    static string? IdOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    static FieldItem Start(FieldItemRequest body, Fields fields, int maxNote)
    {
        var code = fields.Text("code", body.Code, MaxCode, required: false);
        return new(
            body.Id,
            Key(fields, body.Id),
            Sequence(fields, body.Sequence),
            Time(fields, "at", body.At, required: true) ?? default,
            null
        )
        {
            Position = Position(fields, body.Position),
            Code = code.Length == 0 ? null : code,
            CodeId = FieldCodes.IdIn(code),
            Photos = [.. fields.Photos("photos", body.Photos)],
            Words = FieldWords.None with { Note = fields.Text("note", body.Note, maxNote, required: false) },
            Details = new FieldDetails(new(null, false, false, false, false, false)) { CodeText = code.Length == 0 ? null : code },
        };
    }

    static FieldPosition? Position(Fields fields, FieldPositionRequest? position)
    {
        if (position is null)
            return null;
        var (source, system) = (Source(fields, "position.source", position.Source), System(fields, "position.crs", position.Crs));
        if (fields.Position("position", new(position.Lon, position.Lat)) is not { } at)
            return null;
        return new(Converted(at, system), Accuracy(fields, "position.accuracy", position.Accuracy), source, system, position.Mock == true);
    }

    static ImmutableArray<TrackPoint> Points(Fields fields, IReadOnlyList<TrackPointRequest>? points, CoordinateSystem system)
    {
        if (points is not { Count: > 0 and <= MaxPoints })
        {
            fields.Wrong("points", $"应有 1 至 {MaxPoints} 个点", $"has 1 to {MaxPoints} points");
            return [];
        }
        var read = ImmutableArray.CreateBuilder<TrackPoint>(points.Count);
        for (var i = 0; i < points.Count && fields.AreValid; i++)
        {
            var (name, point) = ($"points[{i}]", points[i]);
            var at = Time(fields, $"{name}.at", point?.At, required: true);
            var position = fields.Position(name, new(point?.Lon, point?.Lat));
            var accuracy = Accuracy(fields, $"{name}.accuracy", point?.Accuracy);
            if (at is not { } moment || position is not { } place)
                continue;
            if (read.Count > 0 && moment < read[^1].At)
                fields.Wrong($"{name}.at", "应按时间先后排列", "is before the point before it");
            var wgs84 = Converted(place, system);
            read.Add(new(moment, wgs84.Lon, wgs84.Lat, accuracy));
        }
        return read.ToImmutable();
    }

    /// <summary>Once, and only here: what is kept is WGS 84.</summary>
    static Position Converted(Position position, CoordinateSystem system) =>
        system == CoordinateSystem.Gcj02 ? Coordinates.ToWgs84(position) : position;

    static double Accuracy(Fields fields, string name, double? accuracy)
    {
        if (accuracy is >= 0 and <= MaxAccuracy)
            return accuracy.Value;
        fields.Wrong(name, $"应在 0 至 {MaxAccuracy} 米之间", $"is in metres, between 0 and {MaxAccuracy}");
        return 0;
    }

    static PositionSource Source(Fields fields, string name, string? source)
    {
        if (WorkerDayNames.Sources.TryGetValue(source ?? "device", out var known))
            return known;
        fields.Wrong(name, "应为 device、wecom、map 或 typed", "must be device, wecom, map or typed");
        return default;
    }

    static CoordinateSystem System(Fields fields, string name, string? system)
    {
        if (WorkerDayNames.Systems.TryGetValue(system ?? "wgs84", out var known))
            return known;
        fields.Wrong(name, "应为 wgs84 或 gcj02", "must be wgs84 or gcj02");
        return default;
    }

    ImmutableArray<PersonId> With(Fields fields, IReadOnlyList<string>? people)
    {
        if (people is null)
            return [];
        if (people.Count > MaxWith)
            fields.Wrong("with", $"最多 {MaxWith} 人", $"names more than {MaxWith} people");
        else if (people.Any(p => p is null || !caller.Pack.People.ContainsKey(p)))
            fields.Wrong("with", "没有这个人", "names somebody whom the pack doesn't have");
        else
            return [.. people.Distinct().Select(p => new PersonId(caller.Pack.Pack.Id, p)).Where(p => p != caller.Id)];
        return [];
    }

    static ImmutableArray<(string Item, bool Done, string Note)> Settled(
        Fields fields,
        FieldRules rules,
        IReadOnlyList<SettledRequest>? settled
    )
    {
        var read = ImmutableArray.CreateBuilder<(string, bool, string)>();
        for (var i = 0; i < settled?.Count && fields.AreValid; i++)
            if (settled[i]?.Item is not { } item || rules.SettleItem(item) is null || read.Any(r => r.Item1 == item))
                fields.Wrong($"settled[{i}].item", "没有这一项，或重复", "is no item of the pack, or stands twice");
            else
                read.Add(
                    (item, settled[i].Done == true, fields.Text($"settled[{i}].note", settled[i].Note, MaxSettledNote, required: false))
                );
        return read.ToImmutable();
    }

    static Guid Key(Fields fields, string? id)
    {
        if (Guid.TryParse(id, out var key) && key != Guid.Empty)
            return key;
        fields.Wrong("id", "须为手机生成的 UUID", "must be a UUID that the phone made");
        return Guid.Empty;
    }

    static int Sequence(Fields fields, int? sequence)
    {
        if (sequence is >= 1)
            return sequence.Value;
        fields.Wrong("sequence", "应从 1 起", "counts from 1");
        return 0;
    }

    static Guid? Uuid(Fields fields, string name, string? value)
    {
        if (value is null)
            return null;
        if (Guid.TryParse(value, out var id))
            return id;
        fields.Wrong(name, "格式不对", "is no id");
        return null;
    }

    static ImmutableArray<Guid> Uuids(Fields fields, string name, IReadOnlyList<string>? values, int most)
    {
        if (values is null)
            return [];
        if (values.Count > most)
            fields.Wrong(name, $"最多 {most} 个", $"names more than {most}");
        else if (values.Any(v => !Guid.TryParse(v, out _)))
            fields.Wrong(name, "格式不对", "has something that is no id");
        else
            return [.. values.Select(Guid.Parse).Distinct()];
        return [];
    }

    static DateTimeOffset? Time(Fields fields, string name, string? value, bool required)
    {
        if (value is null && !required)
            return null;
        // The first and the last days of the calendar leave no room for a clock that is off.
        if (value is not null && WrittenTime.TryParse(value, out var at) && at.Year is > 1900 and < 3000)
            return at.ToUniversalTime();
        fields.Wrong(name, "应为带时区的时间（2026-11-25T08:00:00+08:00）", "must be a time with its offset (2026-11-25T08:00:00+08:00)");
        return null;
    }
}
