using System.Collections.Immutable;
using System.Globalization;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>The key <c>consultation</c> of the catalogue.</summary>
static class ConsultationKeys
{
    public static ConsultationRule Read(YamlMap map, PackHead? head)
    {
        if (map.Map("consultation", "the consultation") is not { } item)
            return ConsultationRule.None;
        var parties = ImmutableArray.CreateBuilder<PartyRule>();
        foreach (var party in item.Maps("parties", "a party", required: true))
        {
            var rule = ReadParty(party, head);
            if (parties.Any(p => p.Id == rule.Id))
                party.Wrong($"party {rule.Id} stands twice");
            else
                parties.Add(rule);
        }
        var opinion = ClockTerm.Parse(item.Text("opinion", ClockTerm.Complaint));
        var quorum = item.Optional("quorum", QuorumComplaint) is { } text
            ? int.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? number
                : default(int?)
            : null;
        if (quorum > parties.Count)
            item.Wrong($"quorum {quorum} is more than there are parties");
        item.Done();
        return new(parties.ToImmutable(), opinion, quorum);
    }

    static PartyRule ReadParty(YamlMap party, PackHead? head)
    {
        var id = party.Text("id", Formats.Id);
        var isDepartment = party.Flag("department");
        var rule = new PartyRule(
            id,
            party.Text("name", Formats.Name),
            party.Optional("nameEn", Formats.Name) ?? "",
            party.Texts("posts", required: !isDepartment),
            party.Optional("at"),
            isDepartment
        );
        if (isDepartment && (!rule.Posts.IsEmpty || rule.At is not null))
            party.Wrong($"party {id} is a department, whose post is in {PackFiles.Pack}");
        foreach (var post in rule.Posts)
            if (head?.Complaint(post, rule.At) is { } complaint)
                party.Wrong($"party {id}: {complaint}");
        party.Done();
        return rule;
    }

    static string? QuorumComplaint(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quorum) && quorum is >= 1 and <= 9
            ? null
            : $"\"{text}\" must be a number from 1 to 9";
}
