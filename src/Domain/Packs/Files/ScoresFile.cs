using System.Collections.Immutable;
using System.Globalization;
using GridActors.Domain.Clocks;
using GridActors.Domain.Households;
using GridActors.Domain.Scores;
using GridActors.Domain.WorkerDays;

namespace GridActors.Domain.Packs.Files;

/// <summary>
/// The content of <c>scores.yaml</c>: how workers are scored. Every item must be one that can be earned, and nothing may count twice
/// without saying so.
/// </summary>
static class ScoresFile
{
    const int MaxItems = 60;
    const int MaxMarks = 1000;

    /// <returns>Null when the pack has no such file; its workers aren't scored.</returns>
    public static ScoreRules? Read(PackFiles files, PackHead? head, HouseholdRules? households, FieldRules? field, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Scores, "the scores", errors) is not { } map)
            return null;
        var rules = ReadPolicy(map);
        var sets = ImmutableArray.CreateBuilder<ScoreRuleSet>();
        foreach (var item in map.Maps("rules", "rules of scores", required: true))
        {
            var set = ReadSet(item, head, field);
            if (sets.Count > 0 && (set.Version <= sets[^1].Version || set.From <= sets[^1].From))
                item.Wrong($"rules {set.Version} of scores must have a higher version and a later month than those before");
            if (head is not null)
                foreach (var complaint in Check(set, rules.CheckIns, head, households))
                    item.Wrong(complaint);
            sets.Add(set);
        }
        map.Done();
        return rules with { Sets = sets.ToImmutable() };
    }

    /// <summary>The policy, without any rules yet.</summary>
    static ScoreRules ReadPolicy(YamlMap map)
    {
        if (map.Map("policy", "policy") is not { } policy)
        {
            map.Wrong("policy of the scores is missing: what check-ins count for, who sees rankings, and on what that rests");
            return new(CheckInPolicy.Evidence, RankingPolicy.Supervisors, "", "", []);
        }
        var rules = new ScoreRules(
            Of(ScoreNames.CheckIns, policy, "checkIns", "evidence"),
            Of(ScoreNames.Rankings, policy, "ranking", "supervisors"),
            policy.Text("basis"),
            policy.Optional("basisEn") ?? "",
            []
        );
        rules = rules with
        {
            ClosesOn = (int)(Number(policy, "closesOn", 1, 28) ?? rules.ClosesOn),
            AppealWithin = Term.Parse(policy.Optional("appealWithin", Term.Complaint)) ?? rules.AppealWithin,
            AppealAnswer = Term.Parse(policy.Optional("appealAnswer", Term.Complaint)) ?? rules.AppealAnswer,
        };
        policy.Done();
        return rules;
    }

    static ScoreRuleSet ReadSet(YamlMap map, PackHead? head, FieldRules? field)
    {
        var version = (int)(Number(map, "version", 1, 1_000_000, required: true) ?? 1);
        var from = ScoreMonth.Parse(map.Text("from", t => ScoreMonth.Parse(t) is null ? $"\"{t}\" must be a month like 2026-11" : null));
        var fullMarks = (int)(Number(map, "fullMarks", 1, MaxMarks, required: true) ?? 100);
        var (note, noteEn) = (map.Optional("note") ?? "", map.Optional("noteEn") ?? "");
        var items = ImmutableArray.CreateBuilder<ScoreItem>();
        foreach (var item in map.Maps("items", "an item of scores", required: true))
        {
            var read = ReadItem(item, head, field);
            if (items.Any(i => i.Id == read.Id))
                item.Wrong($"item {read.Id} of scores stands twice");
            items.Add(read);
        }
        if (items.Count > MaxItems)
            map.Wrong($"rules {version} of scores have more than {MaxItems} items");
        map.Done();
        return new(version, from ?? new(2026, 1), fullMarks, note, noteEn, items.ToImmutable());
    }

    static ScoreItem ReadItem(YamlMap map, PackHead? head, FieldRules? field)
    {
        var id = map.Text("id", Formats.Id);
        var (name, nameEn) = (map.Text("name", Formats.Name), map.Optional("nameEn", Formats.Name) ?? "");
        var (group, groupEn) = (map.Optional("group", Formats.Name) ?? "", map.Optional("groupEn", Formats.Name) ?? "");
        var posts = map.Texts("posts", required: true);
        foreach (var post in posts.Where(p => head?.Posts.ContainsKey(p) == false))
            map.Wrong($"post {post} of item {id} is no post of {PackFiles.Pack}");
        var measure = Of(ScoreNames.Measures, map, "measure", null);
        var purposes = map.Texts("purposes", required: false);
        foreach (var purpose in purposes.Where(p => field?.Purpose(p) is null))
            map.Wrong($"purpose {purpose} of item {id} is none of {PackFiles.Field}");
        var item = new ScoreItem(id, name, nameEn, group, groupEn, posts, measure, Number(map, "points", 0, MaxMarks, required: true) ?? 1)
        {
            Target = Rate(map, "target") ?? 1,
            Floor = Rate(map, "floor") ?? 0,
            Each = Number(map, "each", 0, MaxMarks),
            PerDay = (int?)Number(map, "perDay", 1, 1000),
            PerDutyDay = Number(map, "perDutyDay", 0, 1000),
            Deducts = map.Flag("deducts"),
            CountsAgain = map.Flag("countsAgain"),
            Purposes = purposes,
        };
        if (Complaint(item) is { } complaint)
            map.Wrong($"item {id} {complaint}");
        map.Done();
        return item;
    }

    /// <summary>What is wrong with an item taken alone.</summary>
    static string? Complaint(ScoreItem item)
    {
        var isRate = ScoreNames.IsRate(item.Measure);
        var name = ScoreNames.Of(item.Measure);
        return item switch
        {
            { Points: 0 } => "must have points above 0",
            _ when item.Target <= item.Floor => "has a target that isn't above its floor",
            _ when isRate && (item.Each is not null || item.PerDay is not null || item.PerDutyDay is not null) =>
                $"measures {name}, which is a rate: it takes target and floor, and neither each, perDay nor perDutyDay",
            _ when isRate && item.Deducts => $"measures {name}, which is a rate, and can't deduct",
            _ when !isRate && item.Each is null == item.PerDutyDay is null =>
                $"measures {name}, which is a number: it takes either each or perDutyDay",
            { Each: 0 } or { PerDutyDay: 0 } => "must count more than 0 for each, or it can't be earned",
            { Each: { } each } when each > item.Points => "has fewer points than one is worth",
            { Deducts: true, Each: null } => "deducts, and takes each",
            { Measure: ScoreMeasure.Returns, Deducts: false } => "measures returns, which earn nothing: it must deduct",
            { Purposes.IsEmpty: false } when item.Measure != ScoreMeasure.Visits => "has purposes, which visits alone have",
            _ => null,
        };
    }

    /// <summary>What is wrong with rules as a whole.</summary>
    static IEnumerable<string> Check(ScoreRuleSet set, CheckInPolicy checkIns, PackHead head, HouseholdRules? households)
    {
        foreach (var post in set.Posts)
        {
            ImmutableArray<ScoreItem> items = [.. set.Of(post)];
            var sum = items.Where(i => !i.Deducts).Sum(i => i.Points);
            if (sum != set.FullMarks)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"the points of {post} add up to {sum:0.##}, and the full marks of rules {set.Version} are {set.FullMarks}"
                );
            for (var i = 0; i < items.Length; i++)
            for (var k = i + 1; k < items.Length; k++)
                if (CountOneThing(items[i], items[k]) && !items[i].CountsAgain && !items[k].CountsAgain)
                    yield return $"items {items[i].Id} and {items[k].Id} count the same for {post}; say countsAgain: true if that is meant";
            if (items.Any(i => i.Measure == ScoreMeasure.MustVisit) && MustVisitComplaint(post, households) is { } complaint)
                yield return complaint;
            if (items.Any(i => i.Measure == ScoreMeasure.Reports) && !MayReport(head, post))
                yield return $"{post} may not report, so that reports can't be earned";
        }
        foreach (var item in set.Items)
            if (checkIns == CheckInPolicy.Off && (ScoreNames.NeedsCheckIns(item.Measure) || item.PerDutyDay is not null))
                yield return $"item {item.Id} needs check-ins, and the policy says that they are off";
    }

    static bool CountOneThing(ScoreItem one, ScoreItem other) =>
        one.Measure == other.Measure && (one.Purposes.IsEmpty || other.Purposes.IsEmpty || one.Purposes.Intersect(other.Purposes).Any());

    static bool MayReport(PackHead head, string post) => head.Posts.TryGetValue(post, out var held) && held.May.Contains(Permission.Report);

    static string? MustVisitComplaint(string post, HouseholdRules? households) =>
        households is null ? $"{PackFiles.Households} is missing, so that no household must be visited"
        : !households.LinkedPosts.Contains(post) ? $"{post} is linked to no households, so that must-visit can't be earned"
        : households.Groups.All(g => g.VisitEvery is null || (!g.ReadBy.IsEmpty && !g.ReadBy.Contains(post)))
            ? $"no special group that {post} may know has a rhythm, so that must-visit can't be earned"
        : null;

    /// <summary>A number with two decimals at most.</summary>
    static decimal? Number(YamlMap map, string key, int from, int to, bool required = false)
    {
        return Parse(required ? map.Text(key, Complain) : map.Optional(key, Complain));

        string? Complain(string text) => Parse(text) is null ? $"\"{text}\" must be a number from {from} to {to}" : null;

        decimal? Parse(string? text) =>
            decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= from
            && number <= to
            && decimal.Round(number, 2) == number
                ? number
                : null;
    }

    static decimal? Rate(YamlMap map, string key)
    {
        return Parse(map.Optional(key, text => Parse(text) is null ? $"\"{text}\" must be a rate like 95%" : null));

        static decimal? Parse(string? text) =>
            text is [.. var number, '%']
            && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100
                ? percent / 100
                : null;
    }

    static T Of<T>(IReadOnlyDictionary<string, T> names, YamlMap map, string key, string? standard)
        where T : struct, Enum
    {
        var text = standard is null ? map.Text(key, Complain) : map.Optional(key, Complain) ?? standard;
        return names.GetValueOrDefault(text);

        string? Complain(string written) =>
            names.ContainsKey(written)
                ? null
                : $"\"{written}\" must be one of {string.Join(", ", names.Keys.Order(StringComparer.Ordinal))}";
    }
}
