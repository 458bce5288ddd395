using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Forms;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>forms.yaml</c>: the forms that are made from the ledger.</summary>
static class FormsFile
{
    const int MaxForms = 50;
    const int MaxColumns = 60;
    const int MaxAge = 150;

    static readonly ImmutableArray<string> Kinds = ["registered", "migrant", "absent"];
    static readonly ImmutableArray<string> Periods = ["month", "quarter", "year"];

    /// <param name="rules">Null where the place keeps no households, which then has no forms.</param>
    public static ImmutableArray<FormRule> Read(PackFiles files, PackHead? head, HouseholdRules? rules, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Forms, "the forms", errors) is not { } map)
            return [];
        if (rules is null)
        {
            map.Wrong($"forms are made from the ledger, and there is no {PackFiles.Households}");
            return [];
        }
        var forms = ImmutableArray.CreateBuilder<FormRule>();
        foreach (var item in map.Maps("forms", "a form", required: true))
        {
            var form = ReadForm(item, head, rules);
            if (forms.Any(f => f.Id == form.Id || f.Name == form.Name))
                item.Wrong($"form {form.Id} stands twice, by its id or its name");
            forms.Add(form);
        }
        map.Done();
        if (forms.Count > MaxForms)
            map.Wrong($"there are more than {MaxForms} forms");
        return forms.ToImmutable();
    }

    static FormRule ReadForm(YamlMap item, PackHead? head, HouseholdRules rules)
    {
        var id = item.Text("id", Formats.Id);
        var (name, nameEn) = (item.Text("name", Formats.Name), item.Optional("nameEn", Formats.Name) ?? "");
        var rowsBy = item.Optional(
            "rowsBy",
            level => head is null || head.Levels.Any(l => l.Id == level) ? null : $"{level} is no level of {PackFiles.Pack}"
        );
        var where = item.Map("where", $"form {id}") is { } condition
            ? ReadCondition(condition, rules, done: true)
            : FormCondition.Everybody;
        var columns = ImmutableArray.CreateBuilder<FormColumn>();
        foreach (var column in item.Maps("columns", $"a column of form {id}", required: true))
            columns.Add(ReadColumn(column, rowsBy is null, rules));
        if (columns.Count > MaxColumns)
            item.Wrong($"form {id} has more than {MaxColumns} columns");
        item.Done();
        return new(id, name, nameEn, rowsBy, where, columns.ToImmutable());
    }

    static FormColumn ReadColumn(YamlMap item, bool isList, HouseholdRules rules)
    {
        var (name, nameEn) = (item.Text("name", Formats.Name), item.Optional("nameEn", Formats.Name) ?? "");
        var value = isList ? item.Text("value", text => ValueComplaint(text, rules)) : null;
        var where = isList ? FormCondition.Everybody : ReadCondition(item, rules, done: false);
        item.Done();
        return new(name, nameEn, value, where);
    }

    static FormCondition ReadCondition(YamlMap item, HouseholdRules rules, bool done)
    {
        var kind = item.Optional("kind", text => Kinds.Contains(text) ? null : $"\"{text}\" must be one of {string.Join(", ", Kinds)}");
        var group = item.Optional("group", text => rules.Group(text) is null ? $"there is no group {text}" : null);
        var certificate = item.Optional("certificate", text => rules.Certificate(text) is null ? $"there is no certificate {text}" : null);
        var lapses = item.Optional(
            "lapses",
            text => Periods.Contains(text) ? null : $"\"{text}\" must be one of {string.Join(", ", Periods)}"
        );
        var field = item.Optional(
            "field",
            text => rules.Field(SubjectKind.Resident, text)?.Codes is null ? $"{text} is no field with codes" : null
        );
        var code = item.Optional("is", text => IsCode(field, text, rules) ? null : $"\"{text}\" is no code of {field}");
        if (lapses is not null && certificate is null)
            item.Wrong("lapses needs a certificate");
        if (field is null != code is null)
            item.Wrong("field and is belong together");
        var condition = new FormCondition
        {
            Kind = kind is not null && Kinds.IndexOf(kind) is >= 0 and var k ? (ResidentKind)k : null,
            Group = group,
            AgeFrom = ReadAge(item, "ageFrom"),
            AgeTo = ReadAge(item, "ageTo"),
            Certificate = certificate,
            Lapses = lapses is not null && Periods.IndexOf(lapses) is >= 0 and var p ? (FormPeriod)p : null,
            Field = field,
            Is = code,
        };
        if (done)
            item.Done();
        return condition;
    }

    static bool IsCode(string? field, string code, HouseholdRules rules) =>
        field is not null
        && rules.Field(SubjectKind.Resident, field)?.Codes is { } list
        && rules.Codes.GetValueOrDefault(list)?.Find(code) is not null;

    static int? ReadAge(YamlMap item, string key)
    {
        return Number(item.Optional(key, text => Number(text) is null ? $"\"{text}\" must be a number from 0 to {MaxAge}" : null));

        static int? Number(string? text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxAge ? number : null;
    }

    static string? ValueComplaint(string text, HouseholdRules rules)
    {
        var isHousehold = text.StartsWith(FormValues.HouseholdPrefix, StringComparison.Ordinal);
        var field = isHousehold
            ? rules.Field(SubjectKind.Household, text[FormValues.HouseholdPrefix.Length..])
            : rules.Field(SubjectKind.Resident, text);
        return field is not null || FormValues.All.Contains(text)
            ? null
            : $"\"{text}\" is no field, and none of {string.Join(", ", FormValues.All)}";
    }
}
