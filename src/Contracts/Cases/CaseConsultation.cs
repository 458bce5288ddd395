using System.Collections.Immutable;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>A party of a consultation: those who speak for a department, the township, the work team or the village.</summary>
/// <param name="Id">The party's id in the pack.</param>
/// <param name="People">Who is invited. Any of them gives the party's opinion.</param>
/// <param name="Department">The department that it is; null where it is none.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ConsultedParty")]
public sealed record ConsultedParty(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string NameEn,
    [property: Id(3)] ImmutableArray<PersonId> People,
    [property: Id(4)] string? Department
);

/// <summary>What a case knows of a consultation (会诊) about it. Its opinions and its decision are the consultation's own.</summary>
/// <param name="Number">Its own register number: pack prefix, year, H, six digits or more.</param>
/// <param name="DueAt">By when the opinions are owed, as it was planned at the call.</param>
/// <param name="Given">The parties whose opinion is in.</param>
/// <param name="Decision">Empty while nothing is decided.</param>
[GenerateSerializer, Immutable, Alias("gridactors.CaseConsultation")]
public sealed record CaseConsultation(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Number,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] PersonId By,
    [property: Id(4)] string Reason,
    [property: Id(5)] ImmutableArray<ConsultedParty> Parties,
    [property: Id(6)] DateTimeOffset? DueAt,
    [property: Id(7)] ImmutableArray<string> Given,
    [property: Id(8)] DateTimeOffset? DecidedAt,
    [property: Id(9)] PersonId? DecidedBy,
    [property: Id(10)] string Decision
)
{
    /// <summary>The parties that owe an opinion. After the decision none does.</summary>
    public IEnumerable<ConsultedParty> Owing => DecidedAt is null ? Parties.Where(p => !Given.Contains(p.Id)) : [];
}
