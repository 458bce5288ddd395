using System.Collections.Immutable;
using System.Globalization;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>catalogue.yaml</c>.</summary>
/// <param name="Categories">Each with its first line.</param>
sealed record CatalogueFile(
    IReadOnlyList<(Category Category, int Line)> Categories,
    ImmutableArray<LadderStep> Ladder,
    SupervisionRule Supervision,
    int MaxReturns,
    Term? ReopenWithin,
    ConsultationRule Consultation,
    ImmutableArray<MeetingRule> Meetings,
    ImmutableArray<ChecklistItem> Checklist
)
{
    public static CatalogueFile Read(PackFiles files, PackHead? head, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Catalogue, "the catalogue", errors) is not { } map)
            return new([], [], SupervisionRule.None, 0, null, ConsultationRule.None, [], []);
        var ladder = LadderKeys.Read(map, "the ladder", head);
        var supervision = SupervisionKeys.Read(map, "the supervision");
        var maxReturns = ReadMax(map, "maxReturns");
        var reopenWithin = ReadTerm(map, "reopenWithin");
        var consultation = ConsultationKeys.Read(map, head);
        var meetings = MeetingKeys.Read(map, head);
        var categories = new List<(Category, int)>();
        var codes = new Dictionary<string, int>();
        var classes = RecipientKeys.ReadClasses(map, head);
        foreach (var item in map.Maps("categories", "a category", required: true))
        {
            var category = ReadCategory(item, head, classes);
            if (!codes.TryAdd(category.Code, item.Line))
                item.Wrong($"category {category.Code} stands twice; first in line {codes[category.Code]}");
            else
                categories.Add((category, item.Line));
        }
        foreach (var unused in classes.Keys.Where(c => categories.TrueForAll(e => e.Item1.Class != c)))
            map.Wrong($"class {unused} is no class of a category");
        var checklist = ReadChecklist(map, codes);
        map.Done();
        return new(
            categories,
            ladder ?? [],
            supervision ?? SupervisionRule.None,
            maxReturns ?? 0,
            reopenWithin,
            consultation,
            meetings,
            checklist
        );
    }

    static ImmutableArray<ChecklistItem> ReadChecklist(YamlMap map, Dictionary<string, int> codes)
    {
        var lines = ImmutableArray.CreateBuilder<ChecklistItem>();
        foreach (var item in map.Maps("checklist", "a line of the checklist", required: false))
        {
            var line = new ChecklistItem(
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                item.Optional("group", Formats.Name) ?? "",
                item.Optional("groupEn", Formats.Name) ?? "",
                item.Optional("category", code => codes.ContainsKey(code) ? null : $"{code} is no category of the catalogue")
            )
            {
                Id = item.Optional("id", Formats.Id) ?? $"item-{lines.Count + 1}",
                Photo = item.Flag("photo"),
            };
            item.Done();
            if (lines.Any(l => l.Name == line.Name))
                item.Wrong($"line {line.Name} of the checklist stands twice");
            else if (lines.Any(l => l.Id == line.Id))
                item.Wrong($"id {line.Id} of the checklist stands twice; a line without an id has the one of its place");
            lines.Add(line);
        }
        return lines.ToImmutable();
    }

    static Category ReadCategory(YamlMap item, PackHead? head, IReadOnlyDictionary<string, ImmutableArray<RecipientRule>> classes)
    {
        var code = item.Text("code", Formats.Id);
        var name = item.Text("class", Formats.Name);
        ImmutableArray<RecipientRule> ofClass = classes.TryGetValue(name, out var rules) ? rules : [];
        var category = new Category(
            code,
            item.Text("name", Formats.Name),
            item.Optional("nameEn", Formats.Name) ?? "",
            name,
            [.. RecipientKeys.Read(item, $"category {code}", required: ofClass.IsEmpty, head), .. ofClass],
            item.Optional("department", id => head is null || head.Departments.ContainsKey(id) ? null : $"{id} is not in {PackFiles.Pack}"),
            item.Flag("confidential"),
            ReadClocks(item),
            item.Texts("materials", required: false),
            item.Optional("classEn", Formats.Name) ?? ""
        )
        {
            Ladder = LadderKeys.Read(item, $"the ladder of category {code}", head),
            ClosedByAnother = item.Flag("closedByAnother"),
            Mediation = item.Flag("mediation"),
            MaxReturns = ReadMax(item, "maxReturns"),
            ReopenWithin = ReadTerm(item, "reopenWithin"),
            ExplanationIsFinal = item.Flag("explanationIsFinal"),
            Supervision = SupervisionKeys.Read(item, $"the supervision of category {code}"),
            ForwardTo = item.Texts("forwardTo", required: false),
        };
        if (RecipientKeys.Complaint(category.Recipients, category.Confidential) is { } complaintOfRules)
            item.Wrong($"category {code} {complaintOfRules}");
        foreach (var system in category.ForwardTo.Where(id => head?.Systems.ContainsKey(id) == false))
            item.Wrong($"system {system} of category {code} is not in {PackFiles.Pack}");
        foreach (var material in category.Materials)
            if (Formats.Name(material) is { } complaint)
                item.Wrong($"a material of category {code} {complaint}");
        item.Done();
        return category;
    }

    static CategoryClocks ReadClocks(YamlMap item)
    {
        if (item.Map("clocks", "clocks") is not { } map)
            return CategoryClocks.None;
        var clocks = new CategoryClocks
        {
            Respond = ReadClock("respond"),
            OnSite = ReadClock("onSite"),
            Solve = ReadClock("solve"),
            Reply = ReadClock("reply"),
            Idle = ReadClock("idle"),
            Close = ReadClock("close"),
            Pause = ReadClock("pause"),
            MaxPauses = ReadMax(map, "maxPauses") ?? 0,
            Extension = ReadTerm(map, "extension"),
            MaxExtensions = ReadMax(map, "maxExtensions") ?? 0,
            RestartOnTransfer = map.Flag("restartOnTransfer"),
        };
        map.Done();
        return clocks;

        ClockTerm? ReadClock(string name) => ClockTerm.Parse(map.Optional(name, ClockTerm.Complaint));
    }

    static Term? ReadTerm(YamlMap map, string key) => Term.Parse(map.Optional(key, Term.Complaint));

    /// <summary>How often something can happen; null when the key is missing.</summary>
    static int? ReadMax(YamlMap map, string key)
    {
        return int.TryParse(map.Optional(key, Complaint), CultureInfo.InvariantCulture, out var max) ? max : null;

        static string? Complaint(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max is >= 1 and <= 9
                ? null
                : $"\"{text}\" must be a number from 1 to 9";
    }
}
