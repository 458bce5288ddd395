using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Web.Problems;

namespace GridActors.Web.Households;

/// <summary>Reads what a request says of households by the pack's rules, and names each field that is wrong.</summary>
sealed class HouseholdFieldReader(Fields fields, HouseholdRules rules, DateOnly today)
{
    const int MaxTags = 20;
    const int MaxTag = 40;
    const int MaxCertificates = 20;

    /// <summary>The values of a new subject.</summary>
    public ImmutableSortedDictionary<string, string> New(SubjectKind subject, string name, IReadOnlyDictionary<string, string?>? values)
    {
        var read = Changes(subject, name, values).Values;
        foreach (var rule in rules.FieldsOf(subject))
            if (rule.Required && string.IsNullOrEmpty(read.GetValueOrDefault(rule.Id)))
                fields.Wrong(
                    $"{name}.{rule.Id}",
                    ValueErrors.Text(ValueErrors.Required, false),
                    ValueErrors.Text(ValueErrors.Required, true)
                );
        return read.Where(v => !string.IsNullOrEmpty(v.Value)).ToImmutableSortedDictionary(v => v.Key, v => v.Value!);
    }

    /// <summary>New values, and null for what is to be removed.</summary>
    public FieldChanges Changes(SubjectKind subject, string name, IReadOnlyDictionary<string, string?>? values)
    {
        var changes = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        var idType = values?.GetValueOrDefault(StandardFields.IdType) ?? "";
        foreach (var (id, value) in values ?? ImmutableDictionary<string, string?>.Empty)
        {
            if (rules.Field(subject, id) is not { } rule)
            {
                fields.Wrong(name, "含有没有定义的项目", "has a field that the pack doesn't have");
                continue;
            }
            var codes = rule.Codes is { } list ? rules.Codes.GetValueOrDefault(list) : null;
            var read = FieldValues.Read(rule.Type, value ?? "", typed => codes?.Named(typed)?.Code, IdTypeOf(subject, id, idType), today);
            if (read.Error is { } error)
                fields.Wrong($"{name}.{id}", ValueErrors.Text(error, false), ValueErrors.Text(error, true));
            changes[id] = read.Value.Length == 0 ? null : read.Value;
        }
        return new(changes.ToImmutable());
    }

    /// <summary>The type of an identifier: of an organisation's credit code it is no document's.</summary>
    static string IdTypeOf(SubjectKind subject, string id, string idType) =>
        subject == SubjectKind.Place && id == StandardFields.CreditCode ? IdentifierRules.CreditCode : idType;

    public NewResident? Resident(string name, Guid id, ResidentRequest? body, Func<int, Guid> newId)
    {
        if (body is null)
        {
            fields.Wrong(name, "必填", "is needed");
            return null;
        }
        return new(
            id,
            Kind($"{name}.kind", body.Kind, required: true) ?? ResidentKind.Registered,
            Relation($"{name}.relation", body.Relation),
            WithIdentity(name, New(SubjectKind.Resident, $"{name}.fields", body.Fields)),
            Groups($"{name}.groups", body.Groups) ?? [],
            Certificates($"{name}.certificates", body.Certificates, newId) ?? [],
            Tags($"{name}.tags", body.Tags) ?? []
        );
    }

    public ResidentKind? Kind(string name, string? value, bool required)
    {
        if (value is null && !required)
            return null;
        if (HouseholdNames.Kind(value) is { } kind)
            return kind;
        fields.Wrong(name, "应为 registered、migrant 或 absent", "must be registered, migrant or absent");
        return null;
    }

    public string? Relation(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (rules.Codes.GetValueOrDefault(HouseholdNames.Relations)?.Find(value) is { } relation)
            return relation.Code;
        fields.Wrong(name, "不在代码表中", "isn't in the list of codes");
        return null;
    }

    public ImmutableArray<string>? Groups(string name, IReadOnlyList<string>? groups)
    {
        if (groups is null)
            return null;
        if (groups.Any(g => rules.Group(g) is null))
            fields.Wrong(name, "没有这类人群", "has a group that the pack doesn't have");
        return [.. groups.Distinct()];
    }

    public ImmutableArray<string>? Tags(string name, IReadOnlyList<string>? tags)
    {
        if (tags is null)
            return null;
        if (tags.Count > MaxTags)
            fields.Wrong(name, $"最多 {MaxTags} 个", $"has more than {MaxTags}");
        return [.. tags.Take(MaxTags).Select(t => fields.Text(name, t, MaxTag)).Distinct()];
    }

    public ImmutableArray<Certificate>? Certificates(string name, IReadOnlyList<CertificateRequest>? certificates, Func<int, Guid> newId)
    {
        if (certificates is null)
            return null;
        if (certificates.Count > MaxCertificates)
        {
            fields.Wrong(name, $"最多 {MaxCertificates} 个", $"has more than {MaxCertificates}");
            return null;
        }
        return [.. certificates.Select((c, i) => Certificate($"{name}[{i}]", c, () => newId(i)))];
    }

    public DateOnly? Day(string name, string? value) => fields.Day(name, value, required: true);

    public Guid? Id(string name, string? value, bool required = false)
    {
        if (value is null && !required)
            return null;
        if (Guid.TryParseExact(value, "N", out var id))
            return id;
        fields.Wrong(name, "不是编号", "is no id");
        return null;
    }

    public ImmutableArray<Guid> Ids(string name, IReadOnlyList<string>? values) =>
        [.. (values ?? []).Select(v => Id(name, v, required: true)).OfType<Guid>().Distinct()];

    /// <summary>Date of birth and sex follow from the number of a resident card, and must agree with it.</summary>
    ImmutableSortedDictionary<string, string> WithIdentity(string name, ImmutableSortedDictionary<string, string> values)
    {
        if (values.GetValueOrDefault(StandardFields.IdNumber) is not { } number)
            return values;
        var check = IdentifierRules.Check(values.GetValueOrDefault(StandardFields.IdType, ""), number, today);
        if (check.BirthDate is { } born)
            values = Agree(
                name,
                values,
                StandardFields.BirthDate,
                born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ValueErrors.BirthDateDiffers
            );
        return check.Sex is { } sex ? Agree(name, values, StandardFields.Sex, sex, ValueErrors.SexDiffers) : values;
    }

    ImmutableSortedDictionary<string, string> Agree(
        string name,
        ImmutableSortedDictionary<string, string> values,
        string id,
        string told,
        string error
    )
    {
        if (values.GetValueOrDefault(id) is { } said && said != told)
            fields.Wrong($"{name}.fields.{id}", ValueErrors.Text(error, false), ValueErrors.Text(error, true));
        return rules.Field(SubjectKind.Resident, id) is null ? values : values.SetItem(id, told);
    }

    Certificate Certificate(string name, CertificateRequest body, Func<Guid> newId)
    {
        if (body.Kind is null || rules.Certificate(body.Kind) is null)
            fields.Wrong($"{name}.kind", "没有这种证件", "is no certificate of the pack");
        return new(Id($"{name}.id", body.Id) ?? newId(), body.Kind ?? "", Day($"{name}.expiresOn", body.ExpiresOn) ?? default);
    }
}
