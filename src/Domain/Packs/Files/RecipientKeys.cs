using System.Collections.Immutable;
using GridActors.Domain.Rotas;

namespace GridActors.Domain.Packs.Files;

/// <summary>The keys <c>recipients</c> and <c>classes</c> of the catalogue.</summary>
static class RecipientKeys
{
    /// <summary>The rules that hold for every category of a class, by the class.</summary>
    public static IReadOnlyDictionary<string, ImmutableArray<RecipientRule>> ReadClasses(YamlMap map, PackHead? head)
    {
        var classes = new Dictionary<string, ImmutableArray<RecipientRule>>();
        foreach (var item in map.Maps("classes", "a class", required: false))
        {
            var name = item.Text("class", Formats.Name);
            var rules = Read(item, $"class {name}", required: true, head);
            item.Done();
            if (!classes.TryAdd(name, [.. rules.Select(r => r with { OfClass = true })]))
                item.Wrong($"class {name} stands twice");
        }
        return classes;
    }

    public static ImmutableArray<RecipientRule> Read(YamlMap item, string what, bool required, PackHead? head)
    {
        var rules = ImmutableArray.CreateBuilder<RecipientRule>();
        foreach (var map in item.Maps("recipients", "a recipient", required))
        {
            var rule = new RecipientRule(map.Text("post"), map.Optional("at"))
            {
                Rota = map.Optional("rota", id => head?.Rotas.ContainsKey(id) == false ? $"{id} is not in {PackFiles.Pack}" : null),
                When = TimesOfDay.Parse(map.Optional("when", TimesOfDay.Complaint)),
                Within = map.Optional("within"),
            };
            map.Done();
            if (rule.Post.Length > 0 && head?.Complaint(rule.Post, rule.At) is { } complaint)
                map.Wrong($"{what}: {complaint}");
            if (rules.Contains(rule))
                map.Wrong($"{what} names recipient {rule.Post} twice");
            rules.Add(rule);
        }
        return rules.ToImmutable();
    }

    /// <summary>What is wrong with the rules of a category as a whole; null when nothing is.</summary>
    public static string? Complaint(ImmutableArray<RecipientRule> rules, bool confidential)
    {
        if (confidential && rules.Any(r => r.Rota is not null))
            return "is confidential, so it reaches the holders of its posts alone: it can name no rota";
        var times = rules.Select(r => r.When?.Kind).ToList();
        var isCovered = times.Contains(TimesOfDayKind.Office) && times.Contains(TimesOfDayKind.OutsideOffice);
        return rules.IsEmpty || isCovered || times.Contains(null)
            ? null
            : "reaches nobody at some times: leave out \"when\" of a rule, or name both office and outside-office";
    }
}
