using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Domain.SubjectRequests;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Households;

/// <summary>Seals and opens what is known of households and residents, and makes the tokens by which a search finds them.</summary>
public sealed class HouseholdSealer(Vault.Vault vault)
{
    const string InEvent = "event";
    const string InHousehold = "household";
    const string InResident = "resident";
    const string InRequest = "request";

    /// <param name="keys">The key of every subject of the event.</param>
    public HouseholdEvent Seal(HouseholdEvent e, IReadOnlyDictionary<Guid, SubjectKey> keys) =>
        e.Map(f => f with { Sealed = vault.SealFields(keys[f.Subject], InEvent, f.Clear) });

    /// <summary>Opens what an event holds. What was sealed with a key that is destroyed stays empty.</summary>
    public HouseholdEvent Open(HouseholdEvent e, IReadOnlyDictionary<Guid, SubjectKey> keys) =>
        e.Map(f => f with { Clear = vault.OpenFields(keys.GetValueOrDefault(f.Subject), InEvent, f.Sealed) });

    public SealedHousehold Seal(HouseholdView view, SubjectKey key) =>
        new(vault.SealFields(key, InHousehold, view.Fields), TokensOf(view, vault.Tokens(view.Area.Pack)));

    /// <param name="key">Null for somebody who was erased.</param>
    public SealedResident Seal(ResidentView resident, string pack, SubjectKey? key)
    {
        if (key is null || resident.IsErased)
            return new(resident, [], [], [], []);
        var tokens = vault.Tokens(pack);
        var name = resident.Fields.GetValueOrDefault(StandardFields.Name);
        return new(
            resident,
            vault.SealFields(key, InResident, resident.Fields),
            name is null ? [] : tokens.OfName(name),
            TokensOf(resident, tokens),
            LikenessOf(resident.Fields, tokens)
        );
    }

    /// <summary>The tokens that a resident has in common with everybody who may be the same person.</summary>
    public static List<byte[]> LikenessOf(ImmutableSortedDictionary<string, string> fields, SearchTokens tokens) =>
        [.. SamePerson.Texts(fields).Select(t => tokens.Exact(TokenKind.Likeness, $"{(int)t.By}\n{t.Text}"))];

    public ImmutableSortedDictionary<string, string> OpenHousehold(SubjectKey? key, byte[] fields) =>
        vault.OpenFields(key, InHousehold, fields);

    public ImmutableSortedDictionary<string, string> OpenResident(SubjectKey? key, byte[] fields) =>
        vault.OpenFields(key, InResident, fields);

    /// <param name="key">Null when the resident was erased meanwhile: then nothing of it is kept.</param>
    public SubjectRequestEvent Seal(SubjectRequestEvent e, SubjectKey? key) =>
        e.Map(f => f with { Sealed = key is null ? null : vault.SealFields(key, InRequest, f.Clear) });

    public SubjectRequestEvent Open(SubjectRequestEvent e, SubjectKey? key) =>
        e.Map(f => f with { Clear = vault.OpenFields(key, InRequest, f.Sealed) });

    static List<byte[]> TokensOf(HouseholdView view, SearchTokens tokens)
    {
        var found = new List<byte[]>();
        if (view.Fields.GetValueOrDefault(StandardFields.Door) is { } door)
            found.Add(tokens.Exact(TokenKind.Door, SearchText.Fold(door)));
        AddPhone(found, view.Fields.GetValueOrDefault(StandardFields.Phone), tokens);
        return found;
    }

    static List<byte[]> TokensOf(ResidentView resident, SearchTokens tokens)
    {
        var found = new List<byte[]>();
        if (resident.Fields.GetValueOrDefault(StandardFields.IdNumber) is { } number)
            found.Add(tokens.Exact(TokenKind.Identifier, IdentifierRules.ForSearch(number)));
        if (resident.Fields.GetValueOrDefault(StandardFields.Plate) is { } plate)
            found.Add(tokens.Exact(TokenKind.Plate, plate));
        AddPhone(found, resident.Fields.GetValueOrDefault(StandardFields.Phone), tokens);
        return found;
    }

    static void AddPhone(List<byte[]> found, string? phone, SearchTokens tokens)
    {
        if (phone is null)
            return;
        found.Add(tokens.Exact(TokenKind.Phone, phone));
        if (phone.Length >= SearchText.PhoneTailLength)
            found.Add(tokens.Exact(TokenKind.PhoneTail, phone[^SearchText.PhoneTailLength..]));
    }
}
