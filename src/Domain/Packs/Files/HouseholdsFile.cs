using System.Collections.Immutable;
using System.Globalization;
using GridActors.Domain.Clocks;
using GridActors.Domain.Households;
using GridActors.Domain.Registrations;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>households.yaml</c>, on top of the standard's fields and code lists.</summary>
static class HouseholdsFile
{
    const int MaxReveals = 9999;
    const int MaxConsent = 2000;

    /// <returns>Null when the place keeps no households.</returns>
    public static HouseholdRules? Read(PackFiles files, PackHead? head, CatalogueFile catalogue, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Households, "the households", errors) is not { } map)
            return null;
        var fields = FieldKeys.Read(map, ReadStandard(files, errors));
        var rules = new HouseholdRules
        {
            Resident = fields.Resident,
            Household = fields.Household,
            Place = fields.Place,
            Codes = fields.Codes,
            Groups = ReadGroups(map, head),
            Certificates = ReadCertificates(map, catalogue),
            KeyPlaces = ReadKeyPlaces(map),
            Purposes = ReadPurposes(map),
            LinkedPosts = map.Texts("linkedPosts", required: false),
            Reveal = ReadReveal(map),
            Retention = ReadRetention(map),
            RequestAnswer = ReadRequestAnswer(map),
            Basis = ReadBasis(map),
            Registration = ReadRegistration(map),
        };
        foreach (var post in rules.LinkedPosts)
            if (ReaderComplaint(post, head) is { } complaint)
                map.Wrong($"linkedPosts of the households: {complaint}");
        if (head?.Posts.Values.Any(p => p.May.Contains(Permission.EditHouseholds)) == false)
            map.Wrong($"no post of {PackFiles.Pack} may edit-households, so that nobody could enter one");
        map.Done();
        return rules;
    }

    static FieldKeys ReadStandard(PackFiles files, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Standard, "the standard", errors) is not { } map)
            return FieldKeys.None;
        var fields = FieldKeys.Read(map, FieldKeys.None);
        map.Done();
        return fields;
    }

    static ImmutableArray<GroupRule> ReadGroups(YamlMap map, PackHead? head)
    {
        var groups = ImmutableArray.CreateBuilder<GroupRule>();
        foreach (var item in map.Maps("groups", "a group", required: false))
        {
            var group = new GroupRule(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                CalendarPeriod.Parse(item.Optional("visitEvery", CalendarPeriod.Complaint)),
                item.Texts("readBy", required: item.Has("readBy")),
                item.Flag("sensitive")
            );
            item.Done();
            foreach (var post in group.ReadBy)
                if (ReaderComplaint(post, head) is { } complaint)
                    item.Wrong($"readBy of group {group.Id}: {complaint}");
            if (groups.Any(g => g.Id == group.Id || g.Name == group.Name))
                item.Wrong($"group {group.Id} stands twice, by its id or its name");
            groups.Add(group);
        }
        return groups.ToImmutable();
    }

    static ImmutableArray<CertificateRule> ReadCertificates(YamlMap map, CatalogueFile catalogue)
    {
        var certificates = ImmutableArray.CreateBuilder<CertificateRule>();
        foreach (var item in map.Maps("certificates", "a certificate", required: false))
        {
            var certificate = new CertificateRule(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                item.Text(
                    "category",
                    code => catalogue.Categories.Any(c => c.Category.Code == code) ? null : $"{code} is not in {PackFiles.Catalogue}"
                ),
                CalendarPeriod.Parse(item.Text("lead", CalendarPeriod.Complaint)) ?? default
            );
            item.Done();
            if (certificates.Any(c => c.Id == certificate.Id || c.Name == certificate.Name))
                item.Wrong($"certificate {certificate.Id} stands twice, by its id or its name");
            certificates.Add(certificate);
        }
        return certificates.ToImmutable();
    }

    static ImmutableArray<KeyPlaceRule> ReadKeyPlaces(YamlMap map)
    {
        var types = ImmutableArray.CreateBuilder<KeyPlaceRule>();
        foreach (var item in map.Maps("keyPlaces", "a type of key places", required: false))
        {
            var type = new KeyPlaceRule(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                CalendarPeriod.Parse(item.Optional("visitEvery", CalendarPeriod.Complaint))
            );
            item.Done();
            if (types.Any(t => t.Id == type.Id || t.Name == type.Name))
                item.Wrong($"key place {type.Id} stands twice, by its id or its name");
            types.Add(type);
        }
        return types.ToImmutable();
    }

    static ImmutableArray<PurposeRule> ReadPurposes(YamlMap map)
    {
        var purposes = ImmutableArray.CreateBuilder<PurposeRule>();
        foreach (var item in map.Maps("purposes", "a purpose", required: true))
        {
            var purpose = new PurposeRule(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? ""
            );
            item.Done();
            if (purposes.Any(p => p.Id == purpose.Id))
                item.Wrong($"purpose {purpose.Id} stands twice");
            purposes.Add(purpose);
        }
        return purposes.ToImmutable();
    }

    static RevealRule ReadReveal(YamlMap map)
    {
        if (map.Map("reveal", "reveal") is not { } item)
            return RevealRule.Default;
        var rule = new RevealRule(
            ReadNumber(item, "perHour") ?? RevealRule.Default.PerHour,
            ReadNumber(item, "unusualPerDay") ?? RevealRule.Default.UnusualPerDay
        );
        item.Done();
        return rule;
    }

    static int? ReadNumber(YamlMap map, string key)
    {
        return Number(map.Optional(key, Complaint) ?? "");

        static string? Complaint(string text) => Number(text) is null ? $"\"{text}\" must be a number from 1 to {MaxReveals}" : null;

        static int? Number(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxReveals
                ? number
                : null;
    }

    static BasisRule ReadBasis(YamlMap map)
    {
        if (map.Map("basis", "basis") is not { } item)
            return BasisRule.Default;
        var basis = new BasisRule(item.Text("name", Formats.Name), item.Optional("nameEn", Formats.Name) ?? "");
        item.Done();
        return basis;
    }

    static ClockTerm ReadRequestAnswer(YamlMap map)
    {
        if (map.Map("requests", "requests") is not { } item)
            return HouseholdRules.DefaultRequestAnswer;
        var answer = ClockTerm.Parse(item.Optional("answer", ClockTerm.Complaint)) ?? HouseholdRules.DefaultRequestAnswer;
        item.Done();
        return answer;
    }

    static RetentionRule ReadRetention(YamlMap map)
    {
        if (map.Map("retention", "retention") is not { } item)
            return RetentionRule.Default;
        var rule = new RetentionRule(
            ReadPeriod("movedOut") ?? RetentionRule.Default.MovedOut,
            ReadPeriod("died") ?? RetentionRule.Default.Died,
            ReadPeriod("reveals") ?? RetentionRule.Default.Reveals
        );
        item.Done();
        return rule;

        CalendarPeriod? ReadPeriod(string key) => CalendarPeriod.Parse(item.Optional(key, CalendarPeriod.Complaint));
    }

    static RegistrationRules? ReadRegistration(YamlMap map)
    {
        if (map.Map("registration", "registration") is not { } item)
            return null;
        var rules = new RegistrationRules(
            item.Text("purpose", Sentence),
            item.Optional("purposeEn", Sentence) ?? "",
            item.Text("consent", Sentence),
            item.Optional("consentEn", Sentence) ?? "",
            item.Text("consentVersion", Formats.Name),
            CalendarPeriod.Parse(item.Optional("retention", CalendarPeriod.Complaint)) ?? RegistrationRules.DefaultRetention
        );
        item.Done();
        return rules;

        static string? Sentence(string text) =>
            Formats.Length(text) is 0 or > MaxConsent ? $"must have 1 to {MaxConsent} characters" : null;
    }

    /// <summary>A post that is linked to households, or reads a group, has to be one that may read households.</summary>
    static string? ReaderComplaint(string post, PackHead? head)
    {
        if (head is null)
            return null;
        if (!head.Posts.TryGetValue(post, out var found))
            return $"post {post} is not in {PackFiles.Pack}";
        return found.May.Contains(Permission.ReadHouseholds) ? null : $"post {post} may not read-households";
    }
}
