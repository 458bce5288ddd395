using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;

namespace GridActors.Domain.Consultations;

/// <summary>A consultation made from the event of its case that called it and from its own events.</summary>
/// <param name="Version">The number of its own events.</param>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="Told">What the case is told, a command for each event.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record ConsultationState(
    ConsultationView View,
    int Version,
    ImmutableArray<Guid> Operations,
    ImmutableArray<CaseCommand> Told,
    bool HasUnknown = false
)
{
    public static ConsultationState Begin(Guid @case, CaseConsultationCalled called, DateTimeOffset at, PersonId by) =>
        new(
            new(called.Consultation, @case, called.Number, called.Reason, at, by, called.Post, called.Quorum, called.Parties, [], null),
            0,
            [],
            []
        );

    public ConsultationState Evolve(ConsultationEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var next = this with { Version = Version + 1, Operations = Operations.Add(operation) };
        return e switch
        {
            OpinionGiven x => next with
            {
                View = View with { Opinions = View.Opinions.Add(new(x.Party, x.Text, by, at)) },
                Told = Told.Add(
                    new RecordOpinion
                    {
                        Operation = OperationOf(next.Version, by),
                        By = by,
                        Consultation = View.Id,
                        Party = x.Party,
                        Text = x.Text,
                    }
                ),
            },
            ConsultationDecided x => next with
            {
                View = View with { Decision = new(x.Text, by, at, x.Tasks) },
                Told = Told.Add(
                    new RecordConsultationDecision
                    {
                        Operation = OperationOf(next.Version, by),
                        By = by,
                        Consultation = View.Id,
                        Text = x.Text,
                        Tasks = x.Tasks,
                    }
                ),
            },
            _ => next with { HasUnknown = true },
        };
    }

    /// <summary>However often the case is told of an event, it is one operation.</summary>
    Guid OperationOf(int version, PersonId by) => OperationIds.Of(by.Key, $"consultation {View.Id:N} {version}", []);
}
