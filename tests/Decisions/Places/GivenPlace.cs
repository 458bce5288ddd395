using GridActors.Contracts.Areas;
using GridActors.Contracts.Places;
using GridActors.Decisions.Tests.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Places;

namespace GridActors.Decisions.Tests.Places;

/// <summary>A place to which commands are given, one after the other.</summary>
sealed class GivenPlace
{
    public static readonly AreaId Grid = Given.Grid;
    public static readonly AreaId Elsewhere = new("qinghe/C-A1-2");

    /// <summary>Somebody who may do everything everywhere, with a place that belongs to none, in which nobody lives.</summary>
    public static readonly PlaceContext Anything = new(true, true, true, null, false);

    public static readonly PlaceNode Building = new(Grid, PlaceKind.Building, IsInUse: true, IsDivided: false);

    public Guid Id { get; } = Guid.NewGuid();
    public PlaceState? State { get; private set; }
    public PlaceView View => State!.View;

    /// <summary>The event of the last command; null when it changed nothing.</summary>
    public PlaceEvent? Last { get; private set; }

    public static GivenPlace Of(PlaceKind kind, PlaceNode? parent = null)
    {
        var given = new GivenPlace();
        Assert.Null(given.When(Creation(kind, parent is null ? null : Guid.NewGuid()), Anything with { Parent = parent }));
        return given;
    }

    public static CreatePlace Creation(PlaceKind kind, Guid? parent = null) =>
        new()
        {
            By = Given.Worker,
            Area = Grid,
            Kind = kind,
            Type = kind == PlaceKind.KeyPlace ? "school" : null,
            Parent = parent,
            Fields = Facts.None.Add(StandardFields.Name, "3栋"),
        };

    /// <returns>Why the command was refused; null when it was accepted.</returns>
    public string? When(PlaceCommand command, PlaceContext? context = null)
    {
        if (command.Operation == default)
            command = command with { Operation = Guid.NewGuid() };
        var outcome = PlaceDecider.Decide(State, Id, command, context ?? Anything);
        Last = outcome.Event;
        if (outcome.Event is { } e)
            State = PlaceState.Evolve(State, Id, e, Given.Noon, command.By, command.Operation);
        return outcome.Rejection;
    }
}
