using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GridActors.Domain.Households;

namespace GridActors.Domain.Packs.Files;

/// <summary>The keys <c>fields</c> and <c>codes</c>, which the standard and a pack's <c>households.yaml</c> have alike.</summary>
/// <param name="Codes">The code lists, for the fields that name one.</param>
sealed partial record FieldKeys(
    ImmutableSortedDictionary<string, CodeList> Codes,
    ImmutableArray<FieldRule> Resident,
    ImmutableArray<FieldRule> Household,
    ImmutableArray<FieldRule> Place
)
{
    static readonly Dictionary<string, FieldType> Types = Enum.GetValues<FieldType>().ToDictionary(t => t.ToString().ToLowerInvariant());

    static readonly Dictionary<string, FieldProtection> Protections = Enum.GetValues<FieldProtection>()
        .ToDictionary(p => p.ToString().ToLowerInvariant());

    /// <summary>What a household, a resident and a place have besides their fields; no field can be called so.</summary>
    static readonly string[] Structure =
    [
        "id",
        "area",
        "kind",
        "relation",
        "groups",
        "certificates",
        "tags",
        "state",
        "version",
        "position",
    ];

    /// <summary>The columns of a sheet that are no fields.</summary>
    static readonly string[] Columns = ["网格编码", "与户主关系", "人口类型", "重点人群", "标签"];

    public static FieldKeys None { get; } = new(ImmutableSortedDictionary.Create<string, CodeList>(StringComparer.Ordinal), [], [], []);

    [GeneratedRegex(@"^[a-z][a-zA-Z0-9]{0,39}\z")]
    private static partial Regex FieldIdPattern();

    /// <param name="before">The lists and fields that there are already.</param>
    /// <returns>These, and what the mapping adds to them.</returns>
    public static FieldKeys Read(YamlMap map, FieldKeys before)
    {
        var codes = ReadCodes(map, before.Codes);
        if (map.Map("fields", "the fields") is not { } fields)
            return before with { Codes = codes };
        // A sheet of residents has the fields of their household, too.
        var resident = ReadFields(fields, "resident", before.Resident, before.Household, codes);
        var household = ReadFields(fields, "household", before.Household, resident, codes);
        var place = ReadFields(fields, "place", before.Place, [], codes);
        fields.Done();
        return new(codes, resident, household, place);
    }

    static ImmutableArray<FieldRule> ReadFields(
        YamlMap map,
        string subject,
        ImmutableArray<FieldRule> before,
        ImmutableArray<FieldRule> inSameSheet,
        ImmutableSortedDictionary<string, CodeList> codes
    )
    {
        var fields = before.ToBuilder();
        foreach (var item in map.Maps(subject, "a field", required: false))
        {
            var field = ReadField(item, codes);
            if (fields.Any(f => f.Id == field.Id))
                item.Wrong($"field {field.Id} of a {subject} stands twice, or is one of the standard's");
            foreach (var word in field.Also.Prepend(field.Name))
                if (Columns.Contains(word) || fields.Concat(inSameSheet).Any(f => f.Name == word || f.Also.Contains(word)))
                    item.Wrong($"\"{word}\" of field {field.Id} is the header of another column of the sheet");
            fields.Add(field);
        }
        return fields.ToImmutable();
    }

    static FieldRule ReadField(YamlMap item, ImmutableSortedDictionary<string, CodeList> codes)
    {
        var id = item.Text("id", FieldId);
        var type = Types.GetValueOrDefault(item.Text("type", text => OneOf(text, Types.Keys)));
        var protection = item.Optional("protection", text => OneOf(text, Protections.Keys)) ?? "personal";
        var field = new FieldRule(
            id,
            item.Text("name", Formats.Name),
            item.Optional("nameEn", Formats.Name) ?? "",
            type,
            Protections.GetValueOrDefault(protection, FieldProtection.Personal),
            item.Optional("codes", list => codes.ContainsKey(list) ? null : $"there is no code list {list}"),
            item.Flag("required")
        )
        {
            Also = item.Texts("also", required: false),
            Why = item.Optional("why", Formats.Name) ?? "",
            WhyEn = item.Optional("whyEn", Formats.Name) ?? "",
        };
        if ((type == FieldType.Code) != (field.Codes is not null))
            item.Wrong($"field {id}: type code and a list of codes belong together");
        item.Done();
        return field;
    }

    static ImmutableSortedDictionary<string, CodeList> ReadCodes(YamlMap map, ImmutableSortedDictionary<string, CodeList> before)
    {
        var lists = before.ToBuilder();
        foreach (var item in map.Maps("codes", "a code list", required: false))
        {
            var list = new CodeList(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                item.Optional("source", Formats.Name) ?? "",
                ReadCodes(item)
            );
            item.Done();
            if (!lists.TryAdd(list.Id, list))
                item.Wrong($"code list {list.Id} stands twice, or is one of the standard's");
        }
        return lists.ToImmutable();
    }

    static ImmutableArray<CodeName> ReadCodes(YamlMap map)
    {
        var codes = ImmutableArray.CreateBuilder<CodeName>();
        foreach (var item in map.Maps("codes", "a code", required: true))
        {
            var code = new CodeName(
                item.Text("code", Formats.Name),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? ""
            )
            {
                Also = item.Texts("also", required: false),
            };
            item.Done();
            foreach (var word in code.Also.Prepend(code.Name).Prepend(code.Code).Distinct())
                if (codes.FirstOrDefault(c => c.Code == word || c.Name == word || c.Also.Contains(word)) is { } other)
                    item.Wrong($"\"{word}\" of code {code.Code} is code {other.Code} already");
            codes.Add(code);
        }
        return codes.ToImmutable();
    }

    static string? FieldId(string text)
    {
        if (!FieldIdPattern().IsMatch(text))
            return $"\"{text}\" must begin with a small letter and have letters and digits alone, 40 at most, such as birthDate";
        return Structure.Contains(text) ? $"\"{text}\" is no field: the service has it by itself" : null;
    }

    static string? OneOf(string text, IEnumerable<string> words) =>
        words.Contains(text) ? null : $"\"{text}\" must be one of {string.Join(", ", words)}";
}
