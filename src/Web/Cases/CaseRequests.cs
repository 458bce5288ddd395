using System.ComponentModel.DataAnnotations;
using GridActors.Web.Problems;

namespace GridActors.Web.Cases;

// What is required is nullable all the same, so that a request without it gets a problem that names the field.

/// <param name="Solved">What was done, for a case that was solved on the spot.</param>
/// <param name="Mediation">For such a case: needed where the category is settled by mediation.</param>
/// <param name="Household">The household that it is about.</param>
public sealed record ReportRequest(
    [property: Required] string? Category,
    string? Area,
    PositionJson? Position,
    [property: Required] string? Title,
    string? Detail,
    IReadOnlyList<string>? Photos,
    string? Solved,
    MediationRequest? Mediation = null,
    string? Household = null
);

public sealed record ReasonRequest([property: Required] string? Reason);

public sealed record HandOverRequest([property: Required] string? To, [property: Required] string? Reason);

public sealed record MergeRequest([property: Required] string? Into, [property: Required] string? Reason);

public sealed record LinkRequest([property: Required] string? To, [property: Required] string? Reason);

public sealed record TextRequest([property: Required] string? Text);

public sealed record TextAndPhotosRequest([property: Required] string? Text, IReadOnlyList<string>? Photos);

/// <param name="Mediation">Needed where the category is settled by mediation.</param>
public sealed record ResolveRequest([property: Required] string? Text, IReadOnlyList<string>? Photos, MediationRequest? Mediation = null);

public sealed record TransferRequest([property: Required] string? Department, [property: Required] string? Reason);

public sealed record PauseRequest([property: Required] string? Reason, [property: Required] IReadOnlyList<string>? Photos);

public sealed record ExtensionRequest([property: Required] string? Term, [property: Required] string? Reason);

public sealed record GrantRequest(string? Text);

public sealed record CloseRequest(int? Rating, string? Text);
