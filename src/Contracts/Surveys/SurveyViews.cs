using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Surveys;

public enum SurveyStatus : byte
{
    /// <summary>Nothing was published yet.</summary>
    Draft = 0,

    /// <summary>It is answered, within its time.</summary>
    Published = 1,

    /// <summary>Nothing is answered any more.</summary>
    Closed = 2,
}

/// <summary>A survey (问卷调查) with every definition that was published.</summary>
/// <param name="Area">Whose households are asked, with everything below it.</param>
/// <param name="Draft">What would be published next; null when nothing is being changed.</param>
/// <param name="Editions">What was published, the first one first. The last one is asked.</param>
/// <param name="Version">The number of its events.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SurveyView")]
public sealed record SurveyView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] SurveyStatus Status,
    [property: Id(3)] SurveyDefinition? Draft,
    [property: Id(4)] ImmutableArray<SurveyDefinition> Editions,
    [property: Id(5)] int Version,
    [property: Id(6)] DateTimeOffset CreatedAt,
    [property: Id(7)] PersonId CreatedBy,
    [property: Id(8)] DateTimeOffset UpdatedAt,
    [property: Id(9)] PersonId UpdatedBy
)
{
    /// <summary>What is asked; of one that wasn't published, its draft.</summary>
    [JsonIgnore]
    public SurveyDefinition Definition => Editions.IsEmpty ? Draft! : Editions[^1];
}

/// <param name="Rejection">A code of <see cref="SurveyRejections"/> or of cases when the command was refused, else null.</param>
/// <param name="Survey">Null when there is none, or the caller may not see it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SurveyAnswer")]
public sealed record SurveyAnswer([property: Id(0)] string? Rejection, [property: Id(1)] SurveyView? Survey);

public enum SheetStatus : byte
{
    Answered = 0,
    Refused = 1,
}

/// <summary>
/// The answers of one household or resident (答卷), in clear: what a caller may see of it is decided where it is answered.
/// </summary>
/// <param name="Household">The subject itself, or the household of the resident.</param>
/// <param name="Area">Where they lived when they answered: there it is counted.</param>
/// <param name="Edition">Which of the survey's editions was asked, from 1.</param>
/// <param name="Answers">
/// By the id of the question; of several choices, their ids with a comma between. Empty when they were erased.
/// </param>
/// <param name="Version">The number of its events: more than one says that it was corrected.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SheetView")]
public sealed record SheetView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid Survey,
    [property: Id(2)] Guid Subject,
    [property: Id(3)] Guid Household,
    [property: Id(4)] AreaId Area,
    [property: Id(5)] SheetStatus Status,
    [property: Id(6)] int Edition,
    [property: Id(7)] ImmutableSortedDictionary<string, string> Answers,
    [property: Id(8)] string Reason,
    [property: Id(9)] int Version,
    [property: Id(10)] DateTimeOffset At,
    [property: Id(11)] PersonId By
);

/// <param name="Sheet">Also when somebody has answered already, so that the caller is told who and when.</param>
[GenerateSerializer, Immutable, Alias("gridactors.SheetAnswer")]
public sealed record SheetAnswer([property: Id(0)] string? Rejection, [property: Id(1)] SheetView? Sheet);
