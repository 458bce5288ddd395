using System.Collections.Immutable;
using System.Text;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Reassignments;

/// <summary>Households whose address or door has a text go to an area.</summary>
public sealed record AddressRule(string Text, AreaNode To);

/// <summary>Why an area is proposed for a household.</summary>
public enum ProposalReason
{
    /// <summary>Its area has no other successor.</summary>
    OnlySuccessor,

    /// <summary>Its address or door has the text of a rule.</summary>
    Address,

    /// <summary>Its dwelling belongs to another area, because that or its building came there.</summary>
    Dwelling,

    /// <summary>Its dwelling lies within the border of another area.</summary>
    Border,
}

/// <summary>Where a household should go.</summary>
public sealed record ProposedMove(AreaNode To, ProposalReason Reason);

/// <summary>Proposes which households of an area go where.</summary>
/// <param name="onlySuccessor">The one area that all of them go to; null when somebody has to decide.</param>
/// <param name="rules">The first one that matches counts, before the dwelling and the only successor.</param>
public sealed class ReassignmentProposal(AreaNode? onlySuccessor, ImmutableArray<AddressRule> rules)
{
    /// <param name="fields">The household's, in clear.</param>
    /// <param name="dwelling">Where its dwelling is, when that is another area.</param>
    /// <returns>Null when nothing says where it should go.</returns>
    public ProposedMove? For(ImmutableSortedDictionary<string, string> fields, ProposedMove? dwelling)
    {
        foreach (var rule in rules)
            if (
                Has(fields.GetValueOrDefault(StandardFields.Address), rule.Text)
                || Has(fields.GetValueOrDefault(StandardFields.Door), rule.Text)
            )
                return new(rule.To, ProposalReason.Address);
        return dwelling ?? (onlySuccessor is { } successor ? new(successor, ProposalReason.OnlySuccessor) : null);
    }

    /// <summary>Whether an address has a text, where no number is cut: 1栋 isn't in 11栋, and 12号 with a text of 12 isn't 120号.</summary>
    public static bool Has(string? address, string text)
    {
        var (within, sought) = (Fold(address ?? ""), Fold(text));
        if (sought.Length == 0)
            return false;
        for (
            var at = within.IndexOf(sought, StringComparison.Ordinal);
            at >= 0;
            at = within.IndexOf(sought, at + 1, StringComparison.Ordinal)
        )
        {
            var end = at + sought.Length;
            var cutsBefore = at > 0 && char.IsAsciiDigit(within[at - 1]) && char.IsAsciiDigit(sought[0]);
            var cutsAfter = end < within.Length && char.IsAsciiDigit(within[end]) && char.IsAsciiDigit(sought[^1]);
            if (!cutsBefore && !cutsAfter)
                return true;
        }
        return false;
    }

    /// <summary>In one form of Unicode, without spaces. What stands between numbers stays, so that 1-12号 has no 112号.</summary>
    static string Fold(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c)));
}
