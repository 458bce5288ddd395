using System.Collections.Immutable;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Places;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Places;

/// <summary>
/// Seals and opens what is known of places, and makes the tokens by which a search finds them: of the name, the door and the credit code.
/// Owners and landlords are found by nothing, because what is looked for stands in an address.
/// </summary>
public sealed class PlaceSealer(Vault.Vault vault)
{
    const string InEvent = "event";
    const string InPlace = "place";

    public PlaceEvent Seal(PlaceEvent e, SubjectKey key) => e.Map(f => f with { Sealed = vault.SealFields(key, InEvent, f.Clear) });

    public PlaceEvent Open(PlaceEvent e, SubjectKey? key) => e.Map(f => f with { Clear = vault.OpenFields(key, InEvent, f.Sealed) });

    public SealedPlace Seal(PlaceView view, SubjectKey key)
    {
        var tokens = vault.Tokens(view.Area.Pack);
        var exact = new List<byte[]>();
        if (view.Fields.GetValueOrDefault(StandardFields.Door) is { } door)
            exact.Add(tokens.Exact(TokenKind.Door, SearchText.Fold(door)));
        if (view.Fields.GetValueOrDefault(StandardFields.CreditCode) is { } code)
            exact.Add(tokens.Exact(TokenKind.Identifier, code));
        var name = view.Fields.GetValueOrDefault(StandardFields.Name);
        return new(vault.SealFields(key, InPlace, view.Fields), name is null ? [] : tokens.OfName(name), exact);
    }

    public ImmutableSortedDictionary<string, string> Open(SubjectKey? key, byte[] fields) => vault.OpenFields(key, InPlace, fields);

    /// <summary>The tokens of what somebody typed: a name or a part of it, initials, a door, a credit code.</summary>
    public (int[] Names, byte[][] Exact) QueryOf(string pack, string text)
    {
        var tokens = vault.Tokens(pack);
        return (
            tokens.OfNameQuery(text),
            [tokens.Exact(TokenKind.Door, SearchText.Fold(text)), tokens.Exact(TokenKind.Identifier, Uscc.Check(text).Canonical)]
        );
    }

    /// <summary>Compares what a token found with what was typed, because several texts can share a short token.</summary>
    public static bool Matches(ImmutableSortedDictionary<string, string> fields, string text) =>
        (fields.GetValueOrDefault(StandardFields.Name) is { } name && NameText.Matches(name, text))
        || (fields.GetValueOrDefault(StandardFields.Door) is { } door && SearchText.Fold(door) == SearchText.Fold(text))
        || (fields.GetValueOrDefault(StandardFields.CreditCode) is { } code && code == Uscc.Check(text).Canonical);
}
