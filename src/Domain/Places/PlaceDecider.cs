using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;

namespace GridActors.Domain.Places;

/// <summary>Another place, as far as decisions need to know it.</summary>
/// <param name="IsDivided">Units or dwellings belong to it.</param>
public readonly record struct PlaceNode(AreaId Area, PlaceKind Kind, bool IsInUse, bool IsDivided);

/// <summary>What the decision about a command needs from outside the place.</summary>
/// <param name="MaySee">Whether the person may see the place.</param>
/// <param name="MayEdit">Whether the person may change what is known of it.</param>
/// <param name="MayEditTarget">Whether they may also do so where the command brings it.</param>
/// <param name="Parent">What the place belongs to after the command; null when there is no such place.</param>
/// <param name="IsOccupied">A household lives there, or in what belongs to it.</param>
public sealed record PlaceContext(bool MaySee, bool MayEdit, bool MayEditTarget, PlaceNode? Parent, bool IsOccupied);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct PlaceOutcome(PlaceEvent? Event, string? Rejection)
{
    public static PlaceOutcome Accept(PlaceEvent? e = null) => new(e, null);

    public static PlaceOutcome Reject(string code) => new(null, code);
}

/// <summary>
/// The rules of a place (docs/households.md): a unit belongs to a building, a dwelling to a building, to a unit or to none; what belongs to
/// a place is in its area, and goes and comes back with it; nothing is gone in which somebody lives.
/// </summary>
public static class PlaceDecider
{
    /// <param name="state">Null for a place that isn't there yet.</param>
    /// <param name="id">The place's.</param>
    public static PlaceOutcome Decide(PlaceState? state, Guid id, PlaceCommand command, PlaceContext context)
    {
        foreach (var earlier in state?.Operations ?? [])
        {
            if (earlier == command.Operation)
                return PlaceOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return PlaceOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state is null)
            return command is CreatePlace create ? Begin(id, create, context) : PlaceOutcome.Reject(CaseRejections.NotFound);
        if (state.HasUnknown)
            return PlaceOutcome.Reject(CaseRejections.NewerVersion);
        if (command is FollowPlace follow)
            return Follow(state.View, follow);
        // Whether they may see it was checked when the phone told.
        if (command is RecordPlaceVisit visit)
            return PlaceOutcome.Accept(new PlaceVisitRecorded(visit.Visit, visit.At));
        if (!context.MaySee)
            return PlaceOutcome.Reject(CaseRejections.NotFound);
        if (!context.MayEdit)
            return PlaceOutcome.Reject(CaseRejections.NotPermitted);
        if (command.IfVersions is { } versions && !versions.Contains(state.View.Version))
            return PlaceOutcome.Reject(CaseRejections.StaleVersion);
        return Change(state.View, command, context);
    }

    /// <summary>Whether a household can live there: in a dwelling, or in a building that nobody has divided into any.</summary>
    public static bool IsHome(PlaceNode place, AreaId area) =>
        place.IsInUse && place.Area == area && (place.Kind == PlaceKind.Dwelling || (place.Kind == PlaceKind.Building && !place.IsDivided));

    static PlaceOutcome Begin(Guid id, CreatePlace command, PlaceContext context)
    {
        if (!context.MayEdit)
            return PlaceOutcome.Reject(CaseRejections.NotPermitted);
        if (!Fits(command.Kind, command.Parent, command.Area, context.Parent))
            return PlaceOutcome.Reject(PlaceRejections.WrongParent);
        return PlaceOutcome.Accept(
            new PlaceCreated(command.Area, command.Kind, command.Type, command.Parent, Facts.Of(id, command.Fields))
        );
    }

    static PlaceOutcome Change(PlaceView view, PlaceCommand command, PlaceContext context)
    {
        if (command is ReopenPlace)
            return Reopen(view, context);
        if (!view.IsInUse)
            return command is ClosePlace ? PlaceOutcome.Accept() : PlaceOutcome.Reject(PlaceRejections.Gone);
        return command switch
        {
            // It is there: the caller chose an id that was taken.
            CreatePlace => PlaceOutcome.Reject(CaseRejections.KeyReused),
            CorrectPlace correct => Correct(view, correct, context),
            MovePlace move => Move(view, move, context),
            ClosePlace close => context.IsOccupied
                ? PlaceOutcome.Reject(PlaceRejections.Occupied)
                : PlaceOutcome.Accept(new PlaceClosed(WithParent: false, Facts.OfText(view.Id, close.Reason))),
            VisitPlace => PlaceOutcome.Accept(new PlaceVisited()),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    static PlaceOutcome Correct(PlaceView view, CorrectPlace command, PlaceContext context)
    {
        var (facts, removed) = Facts.Difference(view.Id, view.Fields, command.Fields);
        var type = command.Type == view.Type ? null : command.Type;
        var parent = command.Parent is { } to && to != (view.Parent ?? Guid.Empty) ? command.Parent : null;
        if (parent is { } other && !Fits(view.Kind, other == Guid.Empty ? null : other, view.Area, context.Parent))
            return PlaceOutcome.Reject(PlaceRejections.WrongParent);
        if (facts.Clear.IsEmpty && removed.IsEmpty && type is null && parent is null)
            return PlaceOutcome.Accept();
        return PlaceOutcome.Accept(new PlaceCorrected(facts, removed, type, parent));
    }

    static PlaceOutcome Move(PlaceView view, MovePlace command, PlaceContext context)
    {
        if (!context.MayEditTarget)
            return PlaceOutcome.Reject(CaseRejections.NotYourArea);
        if (!Fits(view.Kind, command.Parent, command.Area, context.Parent))
            return PlaceOutcome.Reject(PlaceRejections.WrongParent);
        return command.Area == view.Area && command.Parent == view.Parent
            ? PlaceOutcome.Accept()
            : PlaceOutcome.Accept(new PlaceMoved(command.Area, command.Parent, Facts.OfText(view.Id, command.Reason)));
    }

    static PlaceOutcome Reopen(PlaceView view, PlaceContext context)
    {
        if (view.IsInUse)
            return PlaceOutcome.Accept();
        return Fits(view.Kind, view.Parent, view.Area, context.Parent)
            ? PlaceOutcome.Accept(new PlaceReopened())
            : PlaceOutcome.Reject(PlaceRejections.WrongParent);
    }

    static PlaceOutcome Follow(PlaceView view, FollowPlace command)
    {
        if (view.Area != command.Area)
            return PlaceOutcome.Accept(new PlaceMoved(command.Area, view.Parent, null));
        if (command.IsGone && view.IsInUse)
            return PlaceOutcome.Accept(new PlaceClosed(WithParent: true, null));
        if (!command.IsGone && view.Status == PlaceStatus.GoneWithParent)
            return PlaceOutcome.Accept(new PlaceReopened());
        return PlaceOutcome.Accept();
    }

    static bool Fits(PlaceKind kind, Guid? parent, AreaId area, PlaceNode? node)
    {
        if (parent is null)
            return kind != PlaceKind.Unit;
        if (node is not { IsInUse: true } found || found.Area != area)
            return false;
        return kind switch
        {
            PlaceKind.Building => false,
            PlaceKind.Unit => found.Kind == PlaceKind.Building,
            PlaceKind.Dwelling => found.Kind is PlaceKind.Building or PlaceKind.Unit,
            _ => found.Kind is PlaceKind.Building or PlaceKind.Unit or PlaceKind.Dwelling,
        };
    }
}
