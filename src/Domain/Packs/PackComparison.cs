using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GridActors.Domain.Households;
using GridActors.Domain.Rotas;

namespace GridActors.Domain.Packs;

/// <summary>How a part of a pack differs between two versions.</summary>
public enum PackChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>One category, post, person … that differs between two versions of a pack.</summary>
/// <param name="List">Where it stands: <c>categories</c>, <c>posts</c>, <c>holdings</c> …</param>
/// <param name="Fields">What of it differs; empty when it was added or removed.</param>
public sealed record PackPartChange(string List, PackChangeKind Kind, string Id, string Name, ImmutableArray<string> Fields);

/// <summary>What differs between two versions of a pack, part by part.</summary>
public static class PackComparison
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static ImmutableArray<PackPartChange> Of(Pack before, Pack after) =>
        [
            .. Settings(before, after),
            .. Parts("levels", before.Levels, after.Levels, l => (l.Id, l.Name)),
            .. Parts("posts", before.Posts, after.Posts, p => (p.Id, p.Name)),
            .. Parts("departments", before.Departments, after.Departments, d => (d.Id, d.Name)),
            .. Parts("systems", before.Systems, after.Systems, s => (s.Id, s.Name)),
            .. Parts("robots", before.Robots, after.Robots, r => (r.Id, r.Name)),
            .. Parts("categories", before.Categories, after.Categories, c => (c.Code, c.Name)),
            .. Parts(
                "ladder",
                before.Ladder,
                after.Ladder,
                s => (s.Level, after.Levels.FirstOrDefault(l => l.Id == s.Level)?.Name ?? s.Level)
            ),
            .. Parts("checklist", before.Checklist, after.Checklist, i => (i.Id, i.Name)),
            .. Parts("areas", before.Areas, after.Areas, a => (a.Code, a.Name)),
            .. Parts("people", before.People, after.People, p => (p.Id, p.Name)),
            .. Parts("rotas", before.Rotas, after.Rotas, r => (r.Id, r.Name)),
            .. Parts("shifts", before.Shifts, after.Shifts, s => OnDuty(s, before, after)),
            .. Fields("residentFields", SubjectKind.Resident, before, after),
            .. Fields("householdFields", SubjectKind.Household, before, after),
            .. Fields("placeFields", SubjectKind.Place, before, after),
            .. Parts("codes", CodesOf(before), CodesOf(after), c => (c.Id, c.Name)),
            .. Parts("groups", before.Households?.Groups ?? [], after.Households?.Groups ?? [], g => (g.Id, g.Name)),
            .. Parts("certificates", before.Households?.Certificates ?? [], after.Households?.Certificates ?? [], c => (c.Id, c.Name)),
            .. Parts("keyPlaces", before.Households?.KeyPlaces ?? [], after.Households?.KeyPlaces ?? [], k => (k.Id, k.Name)),
            .. Parts("purposes", before.Households?.Purposes ?? [], after.Households?.Purposes ?? [], p => (p.Id, p.Name)),
            .. Parts("visitPurposes", before.Field?.Purposes ?? [], after.Field?.Purposes ?? [], p => (p.Id, p.Name)),
            .. Parts("settle", before.Field?.Settle ?? [], after.Field?.Settle ?? [], s => (s.Id, s.Name)),
            .. Parts("services", before.Field?.Services ?? [], after.Field?.Services ?? [], s => (s.Id, s.Name)),
            .. Parts("stations", before.Field?.Stations ?? [], after.Field?.Stations ?? [], s => ($"{s.Area} {s.Name}", s.Name)),
            .. Parts("surveys", before.Surveys?.Surveys ?? [], after.Surveys?.Surveys ?? [], s => (s.Id, s.Definition.Title)),
            .. Parts("scores", before.Scores?.Sets ?? [], after.Scores?.Sets ?? [], s => (WrittenVersion(s.Version), s.Note)),
            .. Parts("tasks", before.Tasks, after.Tasks, t => (t.Id, t.Definition.Title)),
            .. Parts("forms", before.Households?.Forms ?? [], after.Households?.Forms ?? [], f => (f.Id, f.Name)),
            .. Parts("holdings", before.Holdings, after.Holdings, h => Held(h, before, after)),
        ];

    static IEnumerable<PackPartChange> Fields(string list, SubjectKind subject, Pack before, Pack after)
    {
        return Parts(list, Of(before), Of(after), f => (f.Id, f.Name));

        ImmutableArray<FieldRule> Of(Pack pack) => pack.Households?.FieldsOf(subject) ?? [];
    }

    static string WrittenVersion(int version) => version.ToString(CultureInfo.InvariantCulture);

    static ImmutableArray<CodeList> CodesOf(Pack pack) => [.. pack.Households?.Codes.Values ?? []];

    static (string Id, string Name) Held(PostHolding held, Pack before, Pack after) =>
        (
            $"{held.Area} {held.Post} {held.Person}",
            (after.People.Concat(before.People).FirstOrDefault(p => p.Id == held.Person)?.Name) ?? held.Person
        );

    static (string Id, string Name) OnDuty(Shift shift, Pack before, Pack after) =>
        (
            string.Create(
                CultureInfo.InvariantCulture,
                $"{shift.Rota} {shift.Area} {shift.Person} {shift.From:yyyy-MM-dd} {shift.Days} {shift.Begins}"
            ),
            (after.People.Concat(before.People).FirstOrDefault(p => p.Id == shift.Person)?.Name) ?? shift.Person
        );

    /// <summary>What stands in the pack once: its name, its office hours, its rule of supervision notices …</summary>
    static IEnumerable<PackPartChange> Settings(Pack before, Pack after)
    {
        var fields = Differing(Once(before), Once(after));
        return fields.IsEmpty ? [] : [new("settings", PackChangeKind.Changed, after.Id, after.Name, fields)];

        static object Once(Pack pack) =>
            new
            {
                pack.Name,
                pack.NameEn,
                pack.TimeZone,
                pack.RegisterPrefix,
                pack.FallbackPost,
                pack.ConfidentialFrom,
                pack.ConfidentialDelayDays,
                pack.Demo,
                pack.Supervision,
                pack.MaxReturns,
                pack.ReopenWithin,
                pack.RankBy,
                pack.Consultation,
                pack.Meetings,
                pack.Households?.LinkedPosts,
                pack.Households?.Reveal,
                pack.Households?.Retention,
                pack.Households?.Registration,
                pack.Surveys?.SmallCountsFrom,
                pack.Households?.RequestAnswer,
                pack.Households?.Basis,
                pack.Field?.Thresholds,
                pack.Field?.Tracks,
                pack.Field?.SignIn,
                ScoreCheckIns = pack.Scores?.CheckIns,
                ScoreRanking = pack.Scores?.Ranking,
                ScoreBasis = pack.Scores?.Basis,
                ScoresCloseOn = pack.Scores?.ClosesOn,
                pack.Scores?.AppealWithin,
                pack.Scores?.AppealAnswer,
                pack.WorkSchedule.Office,
                pack.WorkSchedule.Seasons,
                pack.WorkSchedule.Closures,
                pack.WorkSchedule.Workdays,
                Calendar = pack.WorkSchedule.Calendar.Name,
            };
    }

    static IEnumerable<PackPartChange> Parts<T>(
        string list,
        ImmutableArray<T> before,
        ImmutableArray<T> after,
        Func<T, (string Id, string Name)> key
    )
        where T : notnull
    {
        var old = new Dictionary<string, T>();
        foreach (var part in before)
            old.TryAdd(key(part).Id, part);
        var seen = new HashSet<string>();
        foreach (var part in after)
        {
            var (id, name) = key(part);
            seen.Add(id);
            if (!old.TryGetValue(id, out var earlier))
                yield return new(list, PackChangeKind.Added, id, name, []);
            else if (Differing(earlier, part) is { IsEmpty: false } fields)
                yield return new(list, PackChangeKind.Changed, id, name, fields);
        }
        foreach (var (id, part) in old)
            if (!seen.Contains(id))
                yield return new(list, PackChangeKind.Removed, id, key(part).Name, []);
    }

    /// <summary>The names of the members that differ, as the files write them.</summary>
    static ImmutableArray<string> Differing(object before, object after)
    {
        var (old, now) = (
            JsonSerializer.SerializeToNode(before, Json)!.AsObject(),
            JsonSerializer.SerializeToNode(after, Json)!.AsObject()
        );
        return [.. old.Select(m => m.Key).Union(now.Select(m => m.Key)).Where(name => !JsonNode.DeepEquals(old[name], now[name]))];
    }
}
