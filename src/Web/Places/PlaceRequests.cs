using System.ComponentModel.DataAnnotations;
using GridActors.Web.Problems;

namespace GridActors.Web.Places;

// What is required is nullable all the same, so that a request without it gets a problem that names the field.

/// <param name="Kind"><c>building</c>, <c>unit</c>, <c>dwelling</c>, <c>key-place</c> or <c>organisation</c>.</param>
/// <param name="Type">Of a key place, one of the pack's <c>keyPlaces</c>.</param>
/// <param name="Parent">The building or unit that it belongs to.</param>
/// <param name="Fields">Values by the id of the field (<c>GET /api/households/rules</c>).</param>
public sealed record PlaceRequest(
    [property: Required] string? Area,
    [property: Required] string? Kind,
    string? Type,
    string? Parent,
    IReadOnlyDictionary<string, string?>? Fields,
    PositionJson? Position
);

/// <summary>What is null or missing stays as it is.</summary>
/// <param name="Fields">Values that are new; null or an empty text removes one.</param>
/// <param name="Parent">An empty text makes the place stand by itself.</param>
/// <param name="RemovePosition">Its position isn't known any more.</param>
public sealed record CorrectPlaceRequest(
    IReadOnlyDictionary<string, string?>? Fields,
    string? Type,
    string? Parent,
    PositionJson? Position,
    bool? RemovePosition
);

/// <param name="Parent">What it belongs to there; without it, it stands by itself.</param>
public sealed record MovePlaceRequest([property: Required] string? Area, string? Parent, [property: Required] string? Reason);

/// <param name="Purpose">A purpose of the pack.</param>
/// <param name="Fields">The fields to reveal; without any, all.</param>
public sealed record PlaceRevealRequest([property: Required] string? Purpose, IReadOnlyList<string>? Fields);

public sealed record ClosePlaceRequest([property: Required] string? Reason);

/// <summary>The doors of a building: on each floor of each unit the same number. 502 is the second door on the fifth floor.</summary>
/// <param name="Units">How many units; 0 for a building without any.</param>
/// <param name="FirstFloor">The lowest floor on which somebody lives; 1 by default.</param>
public sealed record DwellingsRequest(
    [property: Required] int? Units,
    [property: Required] int? Floors,
    [property: Required] int? DoorsPerFloor,
    int? FirstFloor
);
