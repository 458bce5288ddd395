using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;

namespace GridActors.Web.Cases;

/// <summary>How a dispute was settled by mediation.</summary>
/// <param name="Level">The level at which it was settled.</param>
/// <param name="Parties">People with their masked names, organisations with their full ones.</param>
/// <param name="Agreed">Whether they came to an agreement.</param>
/// <param name="Agreement">What they agreed on, or why they didn't.</param>
/// <param name="Number">The number of the written agreement.</param>
public sealed record MediationJson(
    string Level,
    string LevelName,
    string LevelNameEn,
    IReadOnlyList<string> Parties,
    bool Agreed,
    string Agreement,
    string? Number
)
{
    public static MediationJson? Of(Mediation? mediation, LoadedPack pack)
    {
        if (mediation is null)
            return null;
        var level = pack.LevelOf(mediation.Level);
        return new(
            level.Id,
            level.Name,
            level.NameEn,
            mediation.Parties,
            mediation.IsAgreed,
            mediation.Agreement,
            mediation.Number.Length > 0 ? mediation.Number : null
        );
    }
}

/// <summary>The levels at which a case that is settled by mediation can be settled, the lowest first.</summary>
/// <param name="Level">The one that is meant where none is named.</param>
public sealed record MediationChoiceJson(string Level, IReadOnlyList<Level> Levels)
{
    /// <returns>Null where there is nothing to choose.</returns>
    public static MediationChoiceJson? Of(CaseView view, LoadedPack pack)
    {
        if (view.Status is not (CaseStatus.Claimed or CaseStatus.OnSite))
            return null;
        return MediationTerms.Of(pack, view.Category, view.Area, view.Claimant, view.Level) is { } terms
            ? new(terms.Level, [.. terms.Levels.Select(pack.LevelOf)])
            : null;
    }
}

/// <param name="Parties">Two to ten.</param>
/// <param name="Agreed">Whether they came to an agreement.</param>
/// <param name="Agreement">What they agreed on, or why they didn't; without names of people.</param>
/// <param name="Level">The level at which the dispute was settled; without it, that of the case or of the claimant's post.</param>
/// <param name="Number">The number of the written agreement.</param>
public sealed record MediationRequest(
    [property: Required] IReadOnlyList<PartyRequest>? Parties,
    [property: Required] bool? Agreed,
    [property: Required] string? Agreement,
    string? Level = null,
    string? Number = null
)
{
    const int MaxParties = 10;
    const int MaxName = 60;
    const int MaxNumber = 40;

    /// <summary>The mediation with masked names: the full ones aren't kept anywhere.</summary>
    internal Mediation Read(Fields fields, LoadedPack pack)
    {
        var level = fields.Text("mediation.level", Level, CaseStepEndpoints.MaxId, required: false);
        if (level.Length > 0 && pack.Pack.Levels.All(l => l.Id != level))
            fields.Wrong("mediation.level", "没有这个层级", "is no level of the pack");
        if (Parties is not { Count: >= 2 and <= MaxParties })
            fields.Wrong("mediation.parties", $"应有 2 至 {MaxParties} 方当事人", $"names 2 to {MaxParties} parties");
        if (Agreed is null)
            fields.Wrong("mediation.agreed", "必填", "is needed");
        return new(
            level,
            [.. (Parties ?? []).Take(MaxParties).Select(p => NameOf(p, fields))],
            Agreed == true,
            fields.Text("mediation.agreement", Agreement, CaseStepEndpoints.MaxText),
            fields.Text("mediation.number", Number, MaxNumber, required: false)
        );
    }

    static string NameOf(PartyRequest? party, Fields fields)
    {
        var name = fields.Text("mediation.parties", party?.Name, MaxName);
        return party?.Organisation == true ? name : Masks.Surname(name);
    }
}

/// <param name="Name">It is masked before it is kept, unless it is an organisation's.</param>
public sealed record PartyRequest([property: Required] string? Name, bool? Organisation);
