using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using static GridActors.Contracts.Households.HouseholdRejections;

namespace GridActors.Domain.Households;

/// <summary>What the decision about a command needs from outside the household.</summary>
/// <param name="MaySee">Whether the person may see the household.</param>
/// <param name="MayEdit">Whether the person may change what is known of it.</param>
/// <param name="MayEditTarget">Whether they may also do so where the command brings the household or its residents.</param>
/// <param name="MayErase">Whether they may destroy what is known of somebody.</param>
/// <param name="Today">In the pack's time zone.</param>
/// <param name="HiddenGroups">
/// The special groups of which the person may not know who is in them: they can't take anybody out of one.
/// </param>
/// <param name="IsHome">Whether a household can live in the place that the command names; true when it names none.</param>
public sealed record HouseholdContext(
    bool MaySee,
    bool MayEdit,
    bool MayEditTarget,
    bool MayErase,
    DateOnly Today,
    ImmutableArray<string> HiddenGroups = default,
    bool IsHome = true
);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct HouseholdOutcome(HouseholdEvent? Event, string? Rejection)
{
    public static HouseholdOutcome Accept(HouseholdEvent? e = null) => new(e, null);

    public static HouseholdOutcome Reject(string code) => new(null, code);
}

/// <summary>
/// The rules of a household (docs/households.md): at most one head, who doesn't leave while others stay; nobody leaves twice; what a
/// command brings that is known already changes nothing. Whether values are well formed is checked before (<see cref="FieldValues"/>).
/// </summary>
public static class HouseholdDecider
{
    /// <summary>More than any household has, and as many as one event should hold.</summary>
    public const int MaxResidents = 100;

    /// <param name="state">Null for a household that isn't there yet.</param>
    /// <param name="id">The household's.</param>
    public static HouseholdOutcome Decide(HouseholdState? state, Guid id, HouseholdCommand command, HouseholdContext context)
    {
        foreach (var earlier in state?.Operations ?? [])
        {
            if (earlier == command.Operation)
                return HouseholdOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return HouseholdOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state is null)
            return Begin(id, command, context);
        if (state.HasUnknown)
            return HouseholdOutcome.Reject(CaseRejections.NewerVersion);
        if (command is ReceiveResidents receive)
            return Receive(state.View, receive);
        // Whether they may see it was checked when the phone told; since then, the household or its worker may have moved.
        if (command is VisitHousehold visit)
            return HouseholdOutcome.Accept(new HouseholdVisited(visit.Visit, visit.At));
        if (!context.MaySee)
            return HouseholdOutcome.Reject(CaseRejections.NotFound);
        if (command is EraseResident erase)
            return Erase(state.View, erase, context);
        if (!context.MayEdit)
            return HouseholdOutcome.Reject(CaseRejections.NotPermitted);
        if (command is ReassignHousehold reassign)
            return Reassign(state.View, reassign, context);
        if (command.IfVersions is { } versions && !versions.Contains(state.View.Version))
            return HouseholdOutcome.Reject(CaseRejections.StaleVersion);
        if (state.View.Status == HouseholdStatus.Merged)
            return HouseholdOutcome.Reject(Merged);
        return Change(state.View, command, context);
    }

    static HouseholdOutcome Begin(Guid id, HouseholdCommand command, HouseholdContext context)
    {
        switch (command)
        {
            case ReceiveResidents { NewIn: { } area } receive:
                return HouseholdOutcome.Accept(
                    new HouseholdCreated(area, null, null, Facts.Of(id, receive.Fields), Entries(receive.Residents))
                );
            case CreateHousehold create:
                if (!context.MayEdit)
                    return HouseholdOutcome.Reject(CaseRejections.NotPermitted);
                if (!context.IsHome)
                    return HouseholdOutcome.Reject(WrongPlace);
                if (Wrong([.. create.Residents.Select(r => (r.Id, r.Relation))]) is { } code)
                    return HouseholdOutcome.Reject(code);
                return HouseholdOutcome.Accept(
                    new HouseholdCreated(create.Area, create.Place, create.Worker, Facts.Of(id, create.Fields), Entries(create.Residents))
                );
            default:
                return HouseholdOutcome.Reject(CaseRejections.NotFound);
        }
    }

    static HouseholdOutcome Change(HouseholdView view, HouseholdCommand command, HouseholdContext context) =>
        command switch
        {
            // It is there: the caller chose an id that was taken.
            CreateHousehold => HouseholdOutcome.Reject(CaseRejections.KeyReused),
            CorrectHousehold correct => Correct(view, correct, context),
            ConfirmHousehold confirm => HouseholdOutcome.Accept(new HouseholdConfirmed(confirm.IsVisit)),
            MoveHousehold move => Move(view, move, context),
            AddResident add => Add(view, add),
            CorrectResident correct => Correct(view, correct, context),
            ChangeHead change => Change(view, change),
            MoveOut leave => Leave(view, leave),
            RecordDeath death => Die(view, death, context),
            MergeResident merge => Merge(view, merge, context),
            MoveResidents move => Move(view, move, context),
            MergeHousehold merge => Merge(view, merge, context),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };

    static HouseholdOutcome Correct(HouseholdView view, CorrectHousehold command, HouseholdContext context)
    {
        var (facts, removed) = Facts.Difference(view.Id, view.Fields, command.Fields);
        var place = command.Place is { } to && to != (view.Place ?? Guid.Empty) ? command.Place : null;
        if (place is not null && !context.IsHome)
            return HouseholdOutcome.Reject(WrongPlace);
        if (facts.Clear.IsEmpty && removed.IsEmpty && place is null)
            return HouseholdOutcome.Accept();
        return HouseholdOutcome.Accept(new HouseholdCorrected(facts, removed, place));
    }

    static HouseholdOutcome Move(HouseholdView view, MoveHousehold command, HouseholdContext context)
    {
        if (!context.MayEditTarget)
            return HouseholdOutcome.Reject(WrongTarget);
        if (!context.IsHome)
            return HouseholdOutcome.Reject(WrongPlace);
        var (facts, removed) = Facts.Difference(view.Id, view.Fields, command.Fields);
        return HouseholdOutcome.Accept(
            new HouseholdMoved(command.Area, command.Place, facts, removed, Facts.OfText(view.Id, command.Reason))
        );
    }

    /// <summary>Also one that was merged into another goes along: its history must not stay in an area that is gone.</summary>
    static HouseholdOutcome Reassign(HouseholdView view, ReassignHousehold command, HouseholdContext context)
    {
        if (view.Area != command.From)
            return HouseholdOutcome.Reject(AreaChanged);
        return context.MayEditTarget && command.To != view.Area
            ? HouseholdOutcome.Accept(new HouseholdReassigned(command.To, command.Reassignment))
            : HouseholdOutcome.Reject(WrongTarget);
    }

    static HouseholdOutcome Add(HouseholdView view, AddResident command)
    {
        if (view.Residents.Length >= MaxResidents)
            return HouseholdOutcome.Reject(TooManyResidents);
        if (view.Resident(command.Resident.Id) is not null)
            return HouseholdOutcome.Reject(CaseRejections.KeyReused);
        if (command.Resident.Relation == ResidentView.Head && view.Head is not null)
            return HouseholdOutcome.Reject(TwoHeads);
        return HouseholdOutcome.Accept(new ResidentAdded(ResidentEntry.Of(command.Resident)));
    }

    static HouseholdOutcome Correct(HouseholdView view, CorrectResident command, HouseholdContext context)
    {
        if (view.Resident(command.Resident) is not { IsErased: false } resident)
            return HouseholdOutcome.Reject(NotAResident);
        var becomesHead = command.Relation == ResidentView.Head && resident.IsLiving && !resident.IsHead;
        if (becomesHead && view.Head is not null)
            return HouseholdOutcome.Reject(TwoHeads);
        var (facts, removed) = Facts.Difference(resident.Id, resident.Fields, command.Fields);
        var groups = command.Groups is { } wanted ? WithHidden(wanted, resident.Groups, context) : default(ImmutableArray<string>?);
        var e = new ResidentCorrected(
            resident.Id,
            command.Kind == resident.Kind ? null : command.Kind,
            command.Relation == resident.Relation ? null : command.Relation,
            facts,
            removed,
            IsSame(groups, resident.Groups) ? null : groups,
            IsSame(command.Certificates, resident.Certificates) ? null : command.Certificates,
            IsSame(command.Tags, resident.Tags) ? null : command.Tags
        );
        var isNothing =
            e is { Kind: null, Relation: null, Groups: null, Certificates: null, Tags: null, Removed.IsEmpty: true } && facts.Clear.IsEmpty;
        return HouseholdOutcome.Accept(isNothing ? null : e);
    }

    static HouseholdOutcome Change(HouseholdView view, ChangeHead command)
    {
        if (view.Resident(command.Resident) is not { IsLiving: true } resident)
            return HouseholdOutcome.Reject(NotAResident);
        return HouseholdOutcome.Accept(resident.IsHead ? null : new HeadChanged(resident.Id, command.FormerRelation));
    }

    static HouseholdOutcome Leave(HouseholdView view, MoveOut command)
    {
        if (Leaving(view, command.Residents) is { } code)
            return HouseholdOutcome.Reject(code);
        return HouseholdOutcome.Accept(new ResidentsLeft(command.Residents, Facts.OfText(view.Id, command.Reason)));
    }

    static HouseholdOutcome Die(HouseholdView view, RecordDeath command, HouseholdContext context)
    {
        if (view.Resident(command.Resident) is not { IsLiving: true } resident)
            return HouseholdOutcome.Reject(NotAResident);
        if (command.On > context.Today)
            return HouseholdOutcome.Reject(CaseRejections.WrongStatus);
        // The head may die while others stay: who is the head afterwards isn't known at that moment.
        return HouseholdOutcome.Accept(new ResidentDied(resident.Id, command.On));
    }

    /// <summary>A duplicate may be the head while others stay: who is the head afterwards isn't known at that moment.</summary>
    static HouseholdOutcome Merge(HouseholdView view, MergeResident command, HouseholdContext context)
    {
        if (view.Resident(command.Resident) is not { IsLiving: true } resident)
            return HouseholdOutcome.Reject(NotAResident);
        var isHere = command.IntoHousehold == view.Id;
        if (command.Into == resident.Id || (isHere ? view.Resident(command.Into) is not { IsLiving: true } : !context.MayEditTarget))
            return HouseholdOutcome.Reject(WrongTarget);
        return HouseholdOutcome.Accept(new ResidentMerged(resident.Id, command.Into, command.IntoHousehold));
    }

    static HouseholdOutcome Move(HouseholdView view, MoveResidents command, HouseholdContext context)
    {
        if (command.To == view.Id || !context.MayEditTarget)
            return HouseholdOutcome.Reject(WrongTarget);
        if (Leaving(view, command.Residents) is { } code)
            return HouseholdOutcome.Reject(code);
        if (command.Head is { } head && !command.Residents.Contains(head))
            return HouseholdOutcome.Reject(NotAResident);
        var isNew = command.NewIn is not null;
        return HouseholdOutcome.Accept(
            new ResidentsMoved(
                command.Residents,
                command.To,
                isNew ? command.Head : null,
                command.NewIn,
                isNew ? Facts.Of(command.To, command.Fields) : null,
                IsMerge: false,
                Facts.OfText(view.Id, command.Reason)
            )
        );
    }

    static HouseholdOutcome Merge(HouseholdView view, MergeHousehold command, HouseholdContext context)
    {
        if (command.Into == view.Id || !context.MayEditTarget)
            return HouseholdOutcome.Reject(WrongTarget);
        return HouseholdOutcome.Accept(
            new ResidentsMoved(
                [.. view.Living.Select(r => r.Id)],
                command.Into,
                null,
                null,
                null,
                IsMerge: true,
                Facts.OfText(view.Id, command.Reason)
            )
        );
    }

    /// <summary>
    /// What another household gave up is taken whatever has become of this one meanwhile: nobody may be lost between two households.
    /// </summary>
    static HouseholdOutcome Receive(HouseholdView view, ReceiveResidents command) =>
        HouseholdOutcome.Accept(new ResidentsReceived(command.From, Entries(command.Residents, view)));

    static HouseholdOutcome Erase(HouseholdView view, EraseResident command, HouseholdContext context)
    {
        if (!context.MayErase)
            return HouseholdOutcome.Reject(CaseRejections.NotPermitted);
        if (view.Resident(command.Resident) is not { } resident)
            return HouseholdOutcome.Reject(NotAResident);
        if (resident.IsErased)
            return HouseholdOutcome.Accept();
        return resident.IsLiving
            ? HouseholdOutcome.Reject(StillLiving)
            : HouseholdOutcome.Accept(new ResidentErased(resident.Id, Facts.OfText(view.Id, command.Reason)));
    }

    /// <returns>Why these can't leave; null when they can.</returns>
    static string? Leaving(HouseholdView view, ImmutableArray<Guid> residents)
    {
        if (residents.IsEmpty || residents.Any(id => view.Resident(id) is not { IsLiving: true }))
            return NotAResident;
        var othersStay = view.Living.Any(r => !residents.Contains(r.Id));
        return view.Head is { } head && residents.Contains(head.Id) && othersStay ? HeadLeaves : null;
    }

    static string? Wrong(IReadOnlyList<(Guid Id, string? Relation)> residents)
    {
        if (residents.Count > MaxResidents)
            return TooManyResidents;
        if (residents.Count(r => r.Relation == ResidentView.Head) > 1)
            return TwoHeads;
        return residents.DistinctBy(r => r.Id).Count() == residents.Count ? null : CaseRejections.KeyReused;
    }

    static ImmutableArray<ResidentEntry> Entries(ImmutableArray<NewResident> residents) => [.. residents.Select(ResidentEntry.Of)];

    /// <summary>A household that has a head gets no second one.</summary>
    static ImmutableArray<ResidentEntry> Entries(ImmutableArray<NewResident> residents, HouseholdView into) =>
        [
            .. residents.Select(r =>
                ResidentEntry.Of(r.Relation == ResidentView.Head && into.Head is not null ? r with { Relation = null } : r)
            ),
        ];

    /// <summary>Whoever says in which groups somebody is says nothing of those that are hidden from them.</summary>
    static ImmutableArray<string> WithHidden(ImmutableArray<string> wanted, ImmutableArray<string> known, HouseholdContext context) =>
        context.HiddenGroups.IsDefaultOrEmpty
            ? wanted
            : [.. wanted, .. known.Where(g => context.HiddenGroups.Contains(g) && !wanted.Contains(g))];

    static bool IsSame<T>(ImmutableArray<T>? wanted, ImmutableArray<T> known) => wanted is not { } w || w.SequenceEqual(known);
}
