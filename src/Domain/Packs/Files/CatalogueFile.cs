using System.Collections.Immutable;

namespace GridActors.Domain.Packs.Files;

/// <summary>What <c>catalogue.yaml</c> says: categories with the line each begins at.</summary>
static class CatalogueFile
{
    public static IReadOnlyList<(Category Category, int Line)> Read(PackFiles files, PackHead? head, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Catalogue, "the catalogue", errors) is not { } map)
            return [];
        var categories = new List<(Category, int)>();
        var codes = new Dictionary<string, int>();
        foreach (var item in map.Maps("categories", "a category", required: true))
        {
            var category = ReadCategory(item, head);
            if (!codes.TryAdd(category.Code, item.Line))
                item.Wrong($"category {category.Code} stands twice; first in line {codes[category.Code]}");
            else
                categories.Add((category, item.Line));
        }
        map.Done();
        return categories;
    }

    static Category ReadCategory(YamlMap item, PackHead? head)
    {
        var code = item.Text("code", Words.Id);
        var category = new Category(
            code,
            item.Text("name", Words.Name),
            item.Optional("nameEn", Words.Name) ?? "",
            item.Text("class", Words.Name),
            ReadRecipients(item, code, head),
            item.Optional("department", id => head is null || head.Departments.ContainsKey(id) ? null : $"{id} is not in {PackFiles.Pack}"),
            item.Flag("confidential"),
            ReadClocks(item),
            item.Texts("materials", required: false)
        );
        foreach (var material in category.Materials)
            if (Words.Name(material) is { } complaint)
                item.Wrong($"a material of category {code} {complaint}");
        item.Done();
        return category;
    }

    static ImmutableArray<RecipientRule> ReadRecipients(YamlMap item, string code, PackHead? head)
    {
        var rules = ImmutableArray.CreateBuilder<RecipientRule>();
        foreach (var map in item.Maps("recipients", "a recipient", required: true))
        {
            var rule = new RecipientRule(map.Text("post"), map.Optional("at"));
            map.Done();
            if (rule.Post.Length > 0 && head?.Complaint(rule.Post, rule.At) is { } complaint)
                map.Wrong($"category {code}: {complaint}");
            if (rules.Contains(rule))
                map.Wrong($"category {code} names recipient {rule.Post} twice");
            rules.Add(rule);
        }
        return rules.ToImmutable();
    }

    static Clocks ReadClocks(YamlMap item)
    {
        if (item.Map("clocks", "clocks") is not { } map)
            return Clocks.None;
        var clocks = new Clocks(map.Optional("onSite", Words.Clock), map.Optional("solve", Words.Clock));
        map.Done();
        return clocks;
    }
}
