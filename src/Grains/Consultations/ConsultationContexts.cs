using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Consultations;
using GridActors.Domain.Packs;

namespace GridActors.Grains.Consultations;

/// <summary>Finds what the decision about a command needs from outside the consultation: the pack as it is now, and the case.</summary>
public sealed class ConsultationContexts(IPacks packs)
{
    /// <returns>Null when this process doesn't have the case's pack.</returns>
    public ConsultationContext? For(ConsultationView consultation, CaseView view, ConsultationCommand command, DateTimeOffset at)
    {
        if (For(consultation, view, command.By, at) is not { } context || packs.Current.PackOf(view.Area) is not { } pack)
            return null;
        return command is DecideConsultation { Tasks: var orders }
            ? context with
            {
                Tasks = [.. orders.Select(o => Plan(pack, view, o, at))],
            }
            : context;
    }

    public ConsultationContext? For(ConsultationView consultation, CaseView view, PersonId person, DateTimeOffset at)
    {
        if (packs.Current.PackOf(view.Area) is not { } pack)
            return null;
        ImmutableArray<string> spoken =
        [
            .. consultation.Parties.Where(p => ConsultationParties.SpeaksFor(pack, view, p, person, at)).Select(p => p.Id),
        ];
        return new(
            view,
            spoken,
            packs.Current.Over(person, view.Area).Has(Permission.Consult),
            pack.Areas.GetValueOrDefault(consultation.Post.Area) is { } held
                && held.Holders.Any(h => h.Post.Id == consultation.Post.Post && h.Person == person),
            AreOpinionsDue(view, at)
        );
    }

    /// <summary>A case without a clock for the opinions waits for all of them.</summary>
    static bool AreOpinionsDue(CaseView view, DateTimeOffset at) =>
        CaseClockRules.Current(view.Clocks, ClockName.Opinion) is { IsOpen: true } clock && at >= clock.DueAt;

    static AssignedTask? Plan(LoadedPack pack, CaseView view, TaskOrder order, DateTimeOffset at) =>
        Term.Parse(order.Term) is { } term ? TaskDecider.Plan(pack, view, order.Text, order.Person, order.Post, term, at) : null;
}
