using System.ComponentModel.DataAnnotations;
using GridActors.Web.Cases;

namespace GridActors.Web.Consultations;

/// <param name="Department">The department to invite; by default the one that has the case, or that answers for its category.</param>
public sealed record ConsultRequest([property: Required] string? Reason, string? Department);

/// <param name="Party">The party to speak for; by default the first of the caller's that owes an opinion.</param>
public sealed record OpinionRequest([property: Required] string? Text, string? Party);

public sealed record DecisionRequest([property: Required] string? Text, IReadOnlyList<TaskOrderRequest>? Tasks);

/// <param name="Done">False when it turned out that it can't be done; then a note is needed.</param>
public sealed record FinishTaskRequest([property: Required] bool? Done, string? Note);
