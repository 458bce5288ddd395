using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>The ledgers on which a case waits for meetings: who puts it on one, and what takes it off (docs/cases.md).</summary>
public static class LedgerDecider
{
    internal static Decision Table(CaseView view, TableCase command, DecisionContext context)
    {
        if (MayTable(view, command.By, context.Permissions) is { } code)
            return Decision.Reject(code);
        if (context.LedgerArea is not { } area)
            return Decision.Reject(NoMeeting);
        if (IsOn(view, area))
            return Decision.Reject(AlreadyTabled);
        return Decision.Accept(new CaseTabled(area, command.Reason));
    }

    /// <summary>The meeting has decided that it counts, so the case records it in any status.</summary>
    internal static Decision Record(CaseView view, RecordMeetingDecision command) =>
        Decision.Accept(new CaseMeetingDecided(command.Number, command.Area, command.Text, command.IsHandled, command.Tasks));

    /// <returns>Null when the person may put the case on a ledger, if some area above it meets; otherwise why they may not.</returns>
    static string? MayTable(CaseView view, PersonId person, PermissionSet permissions)
    {
        if (view.IsOver)
            return WrongStatus;
        // A meeting has people who may not see a confidential case.
        if (view.Confidential)
            return NotPermitted;
        var has = view.Claimant is { } claimant ? claimant == person : view.OfferedTo.Contains(person);
        if (!has && !permissions.Has(Permission.Assign) && !permissions.Has(Permission.Convene))
            return NotPermitted;
        return view.Version >= CaseDecider.MaxSteps ? TooManySteps : null;
    }

    internal static CaseSteps Allowed(CaseView view, PersonId person, PermissionSet permissions, LoadedPack? pack) =>
        pack is { Pack.Meetings.IsEmpty: false } && MayTable(view, person, permissions) is null && AreaFor(pack, view, null) is not null
            ? CaseSteps.Tabled
            : CaseSteps.None;

    /// <summary>The area on whose ledger a case is put; null when there is none.</summary>
    /// <param name="asked">An area that must meet and contain the place; null for the lowest on whose ledger the case isn't yet.</param>
    public static AreaId? AreaFor(LoadedPack pack, CaseView view, AreaId? asked)
    {
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } place)
            return null;
        foreach (var area in place.Upwards())
            if (pack.MeetingOf(area) is not null && (asked is { } wanted ? area.Id == wanted : !IsOn(view, area.Id)))
                return area.Id;
        return null;
    }

    static bool IsOn(CaseView view, AreaId area) => view.Ledger.Any(i => i.Area == area);

    /// <summary>The ledgers and tasks of a case after a step.</summary>
    internal static CaseView After(CaseView view, CaseEvent e, EventContext context) =>
        e switch
        {
            CaseTabled x when !IsOn(view, x.Area) => view with { Ledger = view.Ledger.Add(new(x.Area, context.At, context.By, x.Reason)) },
            CaseMeetingDecided x => TaskDecider.Assign(
                x.IsHandled ? view with { Ledger = view.Ledger.RemoveAll(i => i.Area == x.Area) } : view,
                x.Tasks,
                x.Number,
                context
            ),
            _ => view,
        };
}
