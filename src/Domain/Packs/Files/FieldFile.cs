using System.Collections.Immutable;
using System.Globalization;
using GridActors.Domain.Clocks;
using GridActors.Domain.Households;
using GridActors.Domain.WorkerDays;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>field.yaml</c>: visits, services, evidence and tracks of the workers' days.</summary>
static class FieldFile
{
    const int MaxStations = 1000;

    /// <returns>Null when the pack has no such file; its workers have days by the defaults.</returns>
    public static FieldRules? Read(PackFiles files, AreasFile? areas, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Field, "the field work", errors) is not { } map)
            return null;
        var rules = new FieldRules(
            ReadList(map, "purposes", "a purpose", (id, name, nameEn, _) => new VisitPurpose(id, name, nameEn)),
            ReadList(map, "settle", "an item to settle", (id, name, nameEn, _) => new SettleItem(id, name, nameEn)),
            ReadList(
                map,
                "services",
                "a service",
                (id, name, nameEn, item) => new FieldService(id, name, nameEn, item.Flag("door-to-door"))
            ),
            ReadThresholds(map),
            ReadTracks(map),
            ReadStations(map, areas),
            Minute(map, "sign-in")
        );
        map.Done();
        return rules;
    }

    static ImmutableArray<T> ReadList<T>(YamlMap map, string key, string what, Func<string, string, string, YamlMap, T> make)
    {
        var list = ImmutableArray.CreateBuilder<T>();
        var (ids, names) = (new HashSet<string>(), new HashSet<string>());
        foreach (var item in map.Maps(key, what, required: false))
        {
            var (id, name) = (item.Text("id", Formats.Id), item.Text("name", Formats.Name));
            list.Add(make(id, name, item.Optional("nameEn", Formats.Name) ?? "", item));
            item.Done();
            if (!ids.Add(id) | !names.Add(name))
                item.Wrong($"{id} of {key} stands twice, by its id or its name");
        }
        return list.ToImmutable();
    }

    static FieldThresholds ReadThresholds(YamlMap map)
    {
        var usual = FieldThresholds.Default;
        if (map.Map("thresholds", "thresholds") is not { } item)
            return usual;
        var thresholds = new FieldThresholds(
            Number(item, "accuracy", 1, 5000) ?? usual.Accuracy,
            Number(item, "outside", 0, 100_000) ?? usual.Outside,
            Number(item, "speed", 10, 1000) ?? usual.Speed,
            Number(item, "clockOff", 1, 24 * 60) ?? usual.ClockOff,
            Number(item, "same", 2, 100) ?? usual.Same,
            Number(item, "sharedDevice", 2, 100) ?? usual.SharedDevice,
            Minute(item, "dayCloses") ?? usual.DayCloses
        );
        item.Done();
        return thresholds;
    }

    static TrackRule ReadTracks(YamlMap map)
    {
        var usual = TrackRule.Default;
        if (map.Map("tracks", "tracks") is not { } item)
            return usual;
        var rule = new TrackRule(Period(item, "keep") ?? usual.Keep, Period(item, "thinAfter") ?? usual.ThinAfter);
        item.Done();
        var day = new DateOnly(2026, 1, 1);
        if (rule.ThinAfter.After(day) > rule.Keep.After(day))
            item.Wrong("tracks are thinned while they are kept: thinAfter must not be longer than keep");
        return rule;
    }

    static ImmutableArray<SignInStation> ReadStations(YamlMap map, AreasFile? areas)
    {
        var stations = ImmutableArray.CreateBuilder<SignInStation>();
        foreach (var item in map.Maps("stations", "a station", required: false))
        {
            stations.Add(
                new(
                    item.Text("area", code => areas?.Knows(code) == false ? $"{code} is not in {PackFiles.Areas}" : null),
                    item.Text("name", Formats.Name),
                    Degrees(item, "lon", 180),
                    Degrees(item, "lat", 90)
                )
            );
            item.Done();
        }
        if (stations.Count > MaxStations)
            map.Wrong($"there are more than {MaxStations} stations");
        return stations.ToImmutable();
    }

    static CalendarPeriod? Period(YamlMap map, string key) => CalendarPeriod.Parse(map.Optional(key, CalendarPeriod.Complaint));

    static int? Minute(YamlMap map, string key)
    {
        var text = map.Optional(key, t => OfficeInterval.Minute(t) is null ? $"\"{t}\" must be a time like 08:00" : null);
        return text is null ? null : OfficeInterval.Minute(text);
    }

    static int? Number(YamlMap map, string key, int from, int to)
    {
        return Parse(map.Optional(key, text => Parse(text) is null ? $"\"{text}\" must be a whole number from {from} to {to}" : null));

        int? Parse(string? text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to
                ? number
                : null;
    }

    static double Degrees(YamlMap map, string key, int limit)
    {
        return Parse(map.Text(key, text => Parse(text) is null ? $"\"{text}\" must be degrees from -{limit} to {limit}" : null)) ?? 0;

        double? Parse(string text) =>
            double.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && Math.Abs(number) <= limit
                ? number
                : null;
    }
}
