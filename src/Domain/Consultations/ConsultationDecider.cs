using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.People;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Consultations;

/// <summary>What the decision about a command needs from outside the consultation.</summary>
/// <param name="Case">The case, which the person may see.</param>
/// <param name="SpeaksFor">The parties that the person speaks for now.</param>
/// <param name="MayConsult">Whether the person may call consultations where the case is.</param>
/// <param name="HoldsPost">Whether the person holds the post now in whose name it was called.</param>
/// <param name="AreOpinionsDue">Whether the time for the opinions is over.</param>
/// <param name="Tasks">The tasks of the decision, worked out; null for one that is given to nobody.</param>
public sealed record ConsultationContext(
    CaseView Case,
    ImmutableArray<string> SpeaksFor,
    bool MayConsult = false,
    bool HoldsPost = false,
    bool AreOpinionsDue = false,
    ImmutableArray<AssignedTask?> Tasks = default
);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct ConsultationOutcome(ConsultationEvent? Event, string? Rejection)
{
    public static ConsultationOutcome Accept(ConsultationEvent? e = null) => new(e, null);

    public static ConsultationOutcome Reject(string code) => new(null, code);
}

/// <summary>The rules of a consultation: who gives an opinion, and who decides when (docs/cases.md).</summary>
public static class ConsultationDecider
{
    public static ConsultationOutcome Decide(ConsultationState state, ConsultationCommand command, ConsultationContext context)
    {
        foreach (var earlier in state.Operations)
        {
            if (earlier == command.Operation)
                return ConsultationOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return ConsultationOutcome.Reject(KeyReused);
        }
        if (state.HasUnknown)
            return ConsultationOutcome.Reject(NewerVersion);
        return command switch
        {
            GiveOpinion give => GiveOpinion(state.View, give, context),
            DecideConsultation decide => Decide(state.View, decide, context),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    public static ConsultationActions Allowed(ConsultationState state, PersonId person, ConsultationContext context)
    {
        if (state.HasUnknown)
            return ConsultationActions.None;
        var actions = ConsultationActions.None;
        if (MayGive(state.View, null, context).Rejection is null)
            actions |= ConsultationActions.GiveOpinion;
        if (MayDecide(state.View, person, context) is null)
            actions |= ConsultationActions.Decide;
        return actions;
    }

    static ConsultationOutcome GiveOpinion(ConsultationView view, GiveOpinion command, ConsultationContext context)
    {
        var (party, rejection) = MayGive(view, command.Party, context);
        return rejection is { } code
            ? ConsultationOutcome.Reject(code)
            : ConsultationOutcome.Accept(new OpinionGiven(party!, command.Text));
    }

    static ConsultationOutcome Decide(ConsultationView view, DecideConsultation command, ConsultationContext context)
    {
        if (MayDecide(view, command.By, context) is { } code)
            return ConsultationOutcome.Reject(code);
        if (context.Tasks.Any(t => t is null))
            return ConsultationOutcome.Reject(context.Case.Confidential ? RecipientNotEntitled : NotFound);
        return ConsultationOutcome.Accept(new ConsultationDecided(command.Text, [.. context.Tasks.OfType<AssignedTask>()]));
    }

    /// <summary>An opinion is taken late, too, until the decision.</summary>
    /// <param name="named">The party to speak for; null for the first that owes one.</param>
    static (string? Party, string? Rejection) MayGive(ConsultationView view, string? named, ConsultationContext context)
    {
        if (view.Decision is not null)
            return (null, AlreadyDecided);
        if (context.Case.IsOver)
            return (null, WrongStatus);
        var party = view.Parties.FirstOrDefault(p =>
            (named is null || p.Id == named) && context.SpeaksFor.Contains(p.Id) && !view.HasOpinionOf(p.Id)
        );
        return party is null ? (null, NotAParty) : (party.Id, null);
    }

    /// <summary>
    /// Who called it decides, or who holds the post now in whose name it was called; when there are enough opinions, or their time is over.
    /// </summary>
    static string? MayDecide(ConsultationView view, PersonId person, ConsultationContext context)
    {
        if (!context.MayConsult || (view.CalledBy != person && !context.HoldsPost))
            return NotPermitted;
        if (view.Decision is not null)
            return AlreadyDecided;
        if (context.Case.IsOver)
            return WrongStatus;
        return view.Opinions.Length >= view.Quorum || context.AreOpinionsDue ? null : OpinionsMissing;
    }
}
