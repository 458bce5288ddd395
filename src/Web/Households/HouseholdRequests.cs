using System.ComponentModel.DataAnnotations;

namespace GridActors.Web.Households;

// What is required is nullable all the same, so that a request without it gets a problem that names the field.

/// <param name="Kind">An id of the pack's <c>certificates</c>.</param>
/// <param name="ExpiresOn">The last day on which it is valid: 2026-12-31.</param>
/// <param name="Id">That of a certificate that is there; without it, the certificate is a new one.</param>
public sealed record CertificateRequest([property: Required] string? Kind, [property: Required] string? ExpiresOn, string? Id = null);

/// <param name="Kind"><c>registered</c>, <c>migrant</c> or <c>absent</c>.</param>
/// <param name="Relation">To the head, a code of GB/T 4761: <c>02</c> is the head.</param>
/// <param name="Fields">Values by the id of the field (<c>GET /api/households/rules</c>).</param>
/// <param name="Groups">Ids of special groups.</param>
public sealed record ResidentRequest(
    [property: Required] string? Kind,
    string? Relation,
    IReadOnlyDictionary<string, string?>? Fields,
    IReadOnlyList<string>? Groups,
    IReadOnlyList<CertificateRequest>? Certificates,
    IReadOnlyList<string>? Tags
);

/// <param name="Place">The dwelling's id.</param>
/// <param name="Worker">The one worker whom it is linked to; without one, everybody who holds a linked post there.</param>
public sealed record HouseholdRequest(
    [property: Required] string? Area,
    string? Place,
    string? Worker,
    IReadOnlyDictionary<string, string?>? Fields,
    IReadOnlyList<ResidentRequest>? Residents
);

/// <param name="Fields">Values that are new; null or an empty text removes one, and what isn't named stays.</param>
public sealed record CorrectHouseholdRequest(IReadOnlyDictionary<string, string?>? Fields, string? Place);

/// <summary>What is null or missing stays as it is.</summary>
public sealed record CorrectResidentRequest(
    string? Kind,
    string? Relation,
    IReadOnlyDictionary<string, string?>? Fields,
    IReadOnlyList<string>? Groups,
    IReadOnlyList<CertificateRequest>? Certificates,
    IReadOnlyList<string>? Tags
);

/// <param name="Visit">Whether somebody was there.</param>
public sealed record ConfirmRequest(bool Visit);

public sealed record MoveHouseholdRequest(
    [property: Required] string? Area,
    string? Place,
    IReadOnlyDictionary<string, string?>? Fields,
    [property: Required] string? Reason
);

/// <param name="To">The household that they go over to; without one they leave the place.</param>
public sealed record MoveOutRequest([property: Required] IReadOnlyList<string>? Residents, string? To, [property: Required] string? Reason);

public sealed record DeathRequest([property: Required] string? Resident, [property: Required] string? On);

/// <param name="Area">Where the new household is; without it, where this one is.</param>
/// <param name="Head">Who is the head of the new household.</param>
public sealed record SplitRequest(
    [property: Required] IReadOnlyList<string>? Residents,
    string? Area,
    string? Head,
    IReadOnlyDictionary<string, string?>? Fields,
    [property: Required] string? Reason
);

/// <param name="Other">The household that all go over to.</param>
public sealed record MergeHouseholdRequest([property: Required] string? Other, [property: Required] string? Reason);

/// <param name="FormerRelation">What the former head is to the new one.</param>
public sealed record HeadRequest([property: Required] string? Resident, string? FormerRelation);

public sealed record EraseRequest([property: Required] string? Resident, [property: Required] string? Reason);

/// <param name="Purpose">A purpose of the pack.</param>
/// <param name="Fields">The fields to reveal; without any, all.</param>
/// <param name="Resident">Whose fields; without one, those of the household and of everybody in it.</param>
public sealed record RevealRequest([property: Required] string? Purpose, IReadOnlyList<string>? Fields, string? Resident);

/// <param name="Text">A name or a part of it, initials of its pinyin, a number, a phone or its last four digits, a plate.</param>
public sealed record ResidentSearchRequest([property: Required] string? Text, string? Area);
