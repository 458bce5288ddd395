using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Consultations;

/// <summary>What a party thinks should be done.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.Opinion")]
public sealed record Opinion(
    [property: Id(0)] string Party,
    [property: Id(1)] string Text,
    [property: Id(2)] PersonId By,
    [property: Id(3)] DateTimeOffset At
);

/// <summary>A consultation with its opinions and its decision.</summary>
/// <param name="Post">The post in whose name it was called, and the area it is held for: its holder may decide, too.</param>
/// <param name="Quorum">How many opinions a decision needs before their time is over.</param>
/// <param name="Decision">Null while nothing is decided.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ConsultationView")]
public sealed record ConsultationView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid Case,
    [property: Id(2)] string Number,
    [property: Id(3)] string Reason,
    [property: Id(4)] DateTimeOffset CalledAt,
    [property: Id(5)] PersonId CalledBy,
    [property: Id(6)] HeldPost Post,
    [property: Id(7)] int Quorum,
    [property: Id(8)] ImmutableArray<ConsultedParty> Parties,
    [property: Id(9)] ImmutableArray<Opinion> Opinions,
    [property: Id(10)] ConsultationDecision? Decision
)
{
    public bool HasOpinionOf(string party) => Opinions.Any(o => o.Party == party);
}

/// <summary>A post as it is held for an area.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.HeldPost")]
public sealed record HeldPost([property: Id(0)] string Post, [property: Id(1)] string Area);

[GenerateSerializer, Immutable, Alias("gridactors.ConsultationDecision")]
public sealed record ConsultationDecision(
    [property: Id(0)] string Text,
    [property: Id(1)] PersonId By,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] ImmutableArray<AssignedTask> Tasks
);

/// <summary>What somebody may do with a consultation now.</summary>
[Flags]
public enum ConsultationActions : byte
{
    None = 0,

    /// <summary>Give the opinion of a party.</summary>
    GiveOpinion = 1,
    Decide = 2,
}

/// <summary>The answer to a command or a question about one consultation.</summary>
/// <param name="Rejection">One of <see cref="CaseRejections"/> when the command was refused, else null.</param>
/// <param name="Consultation">Null when there is none, or when the caller may not see its case.</param>
/// <param name="Case">Its case, as the caller may see it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.ConsultationAnswer")]
public sealed record ConsultationAnswer(
    [property: Id(0)] string? Rejection,
    [property: Id(1)] ConsultationView? Consultation,
    [property: Id(2)] CaseView? Case,
    [property: Id(3)] ConsultationActions Actions
);
