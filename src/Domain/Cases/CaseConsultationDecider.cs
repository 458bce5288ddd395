using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>What a consultation needs that may be called.</summary>
/// <param name="Parties">Who is invited; empty when nobody holds a post of any party.</param>
/// <param name="Post">The post in whose name it is called.</param>
public sealed record ConsultationTerms(
    Guid Id,
    string Number,
    ImmutableArray<ConsultedParty> Parties,
    ClockTerm? Opinion,
    int Quorum,
    HeldPost Post
);

/// <summary>
/// A case's side of a consultation: who calls one, and what the case records of it. What happens in the consultation is decided by <see
/// cref="Consultations.ConsultationDecider"/>.
/// </summary>
public static class CaseConsultationDecider
{
    internal static Decision Call(CaseView view, CallConsultation command, DecisionContext context)
    {
        if (MayCall(view, context.Permissions) is { } code)
            return Decision.Reject(code);
        if (context.Consultation is not { Parties.IsEmpty: false } terms)
            return Decision.Reject(NoParty);
        return Decision.Accept(
            new CaseConsultationCalled(terms.Id, terms.Number, command.Reason, terms.Parties, terms.Opinion, terms.Quorum, terms.Post)
        );
    }

    /// <summary>The consultation has decided that it counts, so the case records it in any status.</summary>
    internal static Decision Record(CaseView view, RecordOpinion command)
    {
        if (view.OpenConsultation is not { } open || open.Id != command.Consultation || open.Given.Contains(command.Party))
            return Decision.Accept();
        var isLast = open.Owing.All(p => p.Id == command.Party);
        return Decision.Accept(new CaseOpinionGiven(command.Consultation, command.Party, command.Text, isLast));
    }

    internal static Decision Record(CaseView view, RecordConsultationDecision command) =>
        view.OpenConsultation is { } open && open.Id == command.Consultation
            ? Decision.Accept(new CaseConsultationDecided(command.Consultation, open.Number, command.Text, command.Tasks))
            : Decision.Accept();

    /// <returns>Null when somebody with these permissions may call a consultation; otherwise why they may not.</returns>
    public static string? MayCall(CaseView view, PermissionSet permissions)
    {
        if (view.IsOver)
            return WrongStatus;
        if (!permissions.Has(Permission.Consult))
            return NotPermitted;
        if (view.OpenConsultation is not null)
            return AlreadyConsulted;
        return view.Version >= CaseDecider.MaxSteps ? TooManySteps : null;
    }

    internal static CaseSteps Allowed(CaseView view, PermissionSet permissions, LoadedPack? pack) =>
        pack is { Pack.Consultation.Parties.IsEmpty: false } && MayCall(view, permissions) is null
            ? CaseSteps.ConsultationCalled
            : CaseSteps.None;

    /// <summary>The consultations and tasks of a case after a step.</summary>
    internal static CaseView After(CaseView view, CaseEvent e, EventContext context) =>
        e switch
        {
            CaseConsultationCalled x => view with { Consultations = view.Consultations.Add(Called(x, context)) },
            CaseOpinionGiven x => WithOpen(view, x.Consultation, c => c with { Given = c.Given.Add(x.Party) }),
            CaseConsultationDecided x => TaskDecider.Assign(
                WithOpen(view, x.Consultation, c => c with { DecidedAt = context.At, DecidedBy = context.By, Decision = x.Text }),
                x.Tasks,
                x.Number,
                context
            ),
            _ => view,
        };

    static CaseConsultation Called(CaseConsultationCalled e, EventContext context)
    {
        var clock = e.Started.IsDefaultOrEmpty ? null : e.Started.FirstOrDefault(s => s.Clock == ClockName.Opinion);
        return new(e.Consultation, e.Number, context.At, context.By, e.Reason, e.Parties, clock?.DueAt, [], null, null, "");
    }

    static CaseView WithOpen(CaseView view, Guid id, Func<CaseConsultation, CaseConsultation> change) =>
        view.OpenConsultation is { } open && open.Id == id
            ? view with
            {
                Consultations = view.Consultations.SetItem(view.Consultations.Length - 1, change(open)),
            }
            : view;
}
