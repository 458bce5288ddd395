using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Reassignments;

namespace GridActors.Domain.Reassignments;

/// <summary>What one household is told.</summary>
/// <param name="Command">Null for one that wasn't moved, so that it doesn't move back.</param>
public sealed record HouseholdStep(Guid Household, ReassignHousehold? Command);

/// <summary>A reassignment made from its events.</summary>
/// <param name="View">Null until it is applied.</param>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record ReassignmentState(
    Guid Id,
    ReassignmentView? View,
    int Version,
    ImmutableArray<Guid> Operations,
    bool HasUnknown = false
)
{
    public static ReassignmentState Begin(Guid id) => new(id, null, 0, []);

    public ReassignmentState Evolve(ReassignmentEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var next = this with { Version = Version + 1, Operations = Operations.Add(operation) };
        return (e, View) switch
        {
            (ReassignmentApplied x, null) => next with
            {
                View = new(Id, x.Area, x.Parts, ReassignmentStatus.Applying, by, at, 0, [], null, null, null, []),
            },
            (ReassignmentProgressed x, { } view) => next with { View = Progressed(view, x, at) },
            (ReassignmentUndone, { } view) => next with
            {
                View = view with { Status = ReassignmentStatus.Undoing, Done = 0, UndoneBy = by },
            },
            _ => next with { HasUnknown = true },
        };
    }

    /// <summary>What the next households are told. However often one is told, it is one operation.</summary>
    public IReadOnlyList<HouseholdStep> Next(int count)
    {
        if (View is not { IsRunning: true } view)
            return [];
        var isUndo = view.Status == ReassignmentStatus.Undoing;
        var left = isUndo ? view.LeftOut.ToHashSet() : [];
        return
        [
            .. view
                .Parts.SelectMany(p => p.Households.Select(h => (Part: p, Household: h)))
                .Skip(view.Done)
                .Take(count)
                .Select(x => new HouseholdStep(
                    x.Household,
                    left.Contains(x.Household) ? null : Command(view, x.Part, x.Household, isUndo)
                )),
        ];
    }

    static ReassignHousehold Command(ReassignmentView view, ReassignmentPart part, Guid household, bool isUndo)
    {
        var by = isUndo ? view.UndoneBy!.Value : view.By;
        return new()
        {
            Operation = OperationIds.Of(by.Key, $"reassignment {view.Id:N} {household:N} {(isUndo ? "back" : "there")}", []),
            By = by,
            From = isUndo ? part.To : part.From,
            To = isUndo ? part.From : part.To,
            Reassignment = view.Id,
        };
    }

    static ReassignmentView Progressed(ReassignmentView view, ReassignmentProgressed e, DateTimeOffset at)
    {
        var isOver = e.Done >= view.Total;
        return view.Status == ReassignmentStatus.Undoing
            ? view with
            {
                Done = e.Done,
                NotReturned = view.NotReturned.AddRange(e.LeftOut),
                Status = isOver ? ReassignmentStatus.Undone : view.Status,
                UndoneAt = isOver ? at : null,
            }
            : view with
            {
                Done = e.Done,
                LeftOut = view.LeftOut.AddRange(e.LeftOut),
                Status = isOver ? ReassignmentStatus.Applied : view.Status,
                AppliedAt = isOver ? at : null,
            };
    }
}
