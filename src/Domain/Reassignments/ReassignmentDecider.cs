using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Reassignments;
using static GridActors.Contracts.Reassignments.ReassignmentRejections;

namespace GridActors.Domain.Reassignments;

/// <summary>What the decision about a command needs from outside the reassignment.</summary>
/// <param name="MayEdit">Whether the person may edit the households of all areas concerned.</param>
/// <param name="AreTargets">Whether the areas that households go to are areas of the pack.</param>
/// <param name="Area">The lowest area that has all areas concerned.</param>
public sealed record ReassignmentContext(bool MayEdit, bool AreTargets, AreaId Area, DateTimeOffset Now);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct ReassignmentOutcome(ReassignmentEvent? Event, string? Rejection)
{
    public static ReassignmentOutcome Accept(ReassignmentEvent? e = null) => new(e, null);

    public static ReassignmentOutcome Reject(string code) => new(null, code);
}

/// <summary>The rules of a reassignment (docs/households.md).</summary>
public static class ReassignmentDecider
{
    /// <summary>More than any town has: who reorganises a county does it town by town.</summary>
    public const int MaxHouseholds = 20_000;

    public static TimeSpan UndoWithin { get; } = TimeSpan.FromDays(1);

    public static ReassignmentOutcome Decide(ReassignmentState state, ReassignmentCommand command, ReassignmentContext context)
    {
        foreach (var earlier in state.Operations)
        {
            if (earlier == command.Operation)
                return ReassignmentOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return ReassignmentOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state.HasUnknown)
            return ReassignmentOutcome.Reject(CaseRejections.NewerVersion);
        if (!context.MayEdit)
            return ReassignmentOutcome.Reject(state.View is null ? CaseRejections.NotYourArea : CaseRejections.NotFound);
        return command switch
        {
            ApplyReassignment apply => Apply(state, apply, context),
            UndoReassignment => Undo(state, context),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    static ReassignmentOutcome Apply(ReassignmentState state, ApplyReassignment command, ReassignmentContext context)
    {
        if (state.View is not null)
            return ReassignmentOutcome.Reject(CaseRejections.KeyReused);
        ImmutableArray<ReassignmentPart> parts = [.. command.Parts.Where(p => !p.Households.IsEmpty)];
        if (!context.AreTargets || parts.IsEmpty || parts.Any(p => p.From == p.To))
            return ReassignmentOutcome.Reject(HouseholdRejections.WrongTarget);
        var households = parts.SelectMany(p => p.Households).ToList();
        if (households.Count > MaxHouseholds)
            return ReassignmentOutcome.Reject(TooManyHouseholds);
        // A household can't go to two areas.
        return households.Distinct().Count() < households.Count
            ? ReassignmentOutcome.Reject(HouseholdRejections.WrongTarget)
            : ReassignmentOutcome.Accept(new ReassignmentApplied(context.Area, parts));
    }

    static ReassignmentOutcome Undo(ReassignmentState state, ReassignmentContext context)
    {
        if (state.View is not { } view)
            return ReassignmentOutcome.Reject(CaseRejections.NotFound);
        return view is { Status: ReassignmentStatus.Applied, AppliedAt: { } at } && context.Now < at + UndoWithin
            ? ReassignmentOutcome.Accept(new ReassignmentUndone())
            : ReassignmentOutcome.Reject(NotUndoable);
    }
}
