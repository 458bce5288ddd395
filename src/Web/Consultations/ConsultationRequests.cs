using System.ComponentModel.DataAnnotations;

namespace GridActors.Web.Consultations;

/// <param name="Department">The department to invite; by default the one that has the case, or that answers for its category.</param>
public sealed record ConsultRequest([property: Required] string? Reason, string? Department);

/// <param name="Party">The party to speak for; by default the first of the caller's that owes an opinion.</param>
public sealed record OpinionRequest([property: Required] string? Text, string? Party);

public sealed record DecisionRequest([property: Required] string? Text, IReadOnlyList<TaskRequest>? Tasks);

/// <summary>A task, for a person or for the holders of a post that are nearest to the place of the case.</summary>
/// <param name="Person">The id of the person who owns it; leave it out where a post does.</param>
/// <param name="Term">By when, as the catalogue writes terms: <c>24h</c>, <c>3wd</c>.</param>
public sealed record TaskRequest([property: Required] string? Text, string? Person, string? Post, [property: Required] string? Term);

/// <param name="Done">False when it turned out that it can't be done; then a note is needed.</param>
public sealed record FinishTaskRequest([property: Required] bool? Done, string? Note);
