using System.Collections.Immutable;
using GridActors.Contracts.Surveys;

namespace GridActors.Domain.Surveys;

/// <summary>The surveys of a pack, its <c>surveys.yaml</c>. docs/packs.md describes the file.</summary>
/// <param name="SmallCountsFrom">The lowest level at which small counts of personal questions are shown.</param>
public sealed record SurveyRules(string? SmallCountsFrom, ImmutableArray<PackSurvey> Surveys);

/// <param name="Id">The survey is the same as long as the id is.</param>
/// <param name="Area">The code of the area whose households are asked; null for the whole pack.</param>
public sealed record PackSurvey(string Id, string? Area, SurveyDefinition Definition);
