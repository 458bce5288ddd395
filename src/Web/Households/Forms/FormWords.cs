using GridActors.Domain.Households;
using GridActors.Domain.Households.Forms;
using GridActors.Domain.Households.Import;

namespace GridActors.Web.Households.Forms;

/// <summary>Says in words what a column of a form is made of.</summary>
sealed class FormWords(HouseholdRules rules, bool english)
{
    const int NoAge = int.MaxValue;

    public string Of(FormRule form, FormColumn column)
    {
        if (column.Value is { } value)
            return Shown(value);
        List<string> conditions = [.. Ages(form.Where, column.Where), .. Conditions(form.Where), .. Conditions(column.Where)];
        var what = english ? "Residents" : "居民人数";
        return conditions.Count == 0 ? what : $"{what}{(english ? ": " : "：")}{string.Join(english ? ", " : "，", conditions)}";
    }

    string Shown(string value) =>
        value switch
        {
            FormValues.Area => english ? "Area of the household" : "所在区域",
            FormValues.Age => english ? "Age on that day, by the date of birth" : "当日周岁，按出生日期",
            FormValues.Kind => english ? "Registered, migrant or absent" : "人口类型",
            FormValues.Relation => english ? "Relation to the head" : "与户主关系",
            FormValues.Groups => english ? "Special groups" : "重点人群",
            FormValues.Expires => english ? "When the certificate lapses" : "证件到期日",
            _ when value.StartsWith(FormValues.HouseholdPrefix, StringComparison.Ordinal) => Field(
                SubjectKind.Household,
                value[FormValues.HouseholdPrefix.Length..]
            ),
            _ => Field(SubjectKind.Resident, value),
        };

    string Field(SubjectKind subject, string id)
    {
        var name = rules.Field(subject, id) is { } field ? Of(field.Name, field.NameEn) : id;
        return subject == SubjectKind.Household
            ? (english ? $"Household: {name}" : $"户：{name}")
            : (english ? $"Resident: {name}" : $"居民：{name}");
    }

    /// <summary>The ages that meet the condition of the form and that of the column.</summary>
    IEnumerable<string> Ages(FormCondition form, FormCondition column)
    {
        var (from, to) = (Math.Max(form.AgeFrom ?? 0, column.AgeFrom ?? 0), Math.Min(form.AgeTo ?? NoAge, column.AgeTo ?? NoAge));
        if (from > 0 && to < NoAge)
            yield return english ? $"{from} to {to} years" : $"{from}至{to}周岁";
        else if (from > 0)
            yield return english ? $"{from} years or older" : $"{from}周岁及以上";
        else if (to < NoAge)
            yield return english ? $"{to} years or younger" : $"{to}周岁及以下";
    }

    IEnumerable<string> Conditions(FormCondition c)
    {
        if (c.Kind is { } kind)
            yield return ImportWords.Of(kind, english);
        if (c.Group is { } group && rules.Group(group) is { } rule)
            yield return Of(rule.Name, rule.NameEn);
        if (c.Field is { } id && rules.Field(SubjectKind.Resident, id) is { Codes: { } list } field)
        {
            var code = rules.Codes.GetValueOrDefault(list)?.Find(c.Is!);
            yield return $"{Of(field.Name, field.NameEn)}={(code is null ? c.Is : Of(code.Name, code.NameEn))}";
        }
        if (c.Certificate is { } certificate && rules.Certificate(certificate) is { } kindOf)
            yield return Of(kindOf.Name, kindOf.NameEn) + Lapses(c.Lapses);
    }

    string Lapses(FormPeriod? period) =>
        period switch
        {
            null => "",
            FormPeriod.Month => english ? " that lapses by the end of the month" : "本月底前到期",
            FormPeriod.Quarter => english ? " that lapses by the end of the quarter" : "本季度末前到期",
            _ => english ? " that lapses by the end of the year" : "本年底前到期",
        };

    string Of(string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;
}
