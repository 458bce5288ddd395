using System.ComponentModel.DataAnnotations;
using GridActors.Web.Cases;

namespace GridActors.Web.Meetings;

/// <param name="Area">Code of an area that meets; by default the lowest above the place on whose ledger the case isn't yet.</param>
public sealed record TableRequest([property: Required] string? Reason, string? Area);

/// <param name="Area">Code of the area.</param>
public sealed record OpenMeetingRequest([property: Required] string? Area);

/// <param name="Present">The ids of those who attend.</param>
public sealed record AttendanceRequest([property: Required] IReadOnlyList<string>? Present);

/// <param name="Case">Id of a case of the agenda.</param>
/// <param name="Handled">Whether the case leaves the ledger.</param>
public sealed record ItemDecisionRequest(
    [property: Required] string? Case,
    [property: Required] string? Text,
    [property: Required] bool? Handled,
    IReadOnlyList<TaskOrderRequest>? Tasks
);

public sealed record CloseMeetingRequest([property: Required] string? Minutes);
