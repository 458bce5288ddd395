using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;

namespace GridActors.Domain.Households.Import;

/// <summary>
/// The commands that carry out a plan, and those that undo it. Their operations follow from the import, so that an import which was
/// interrupted is carried on, and nothing happens twice.
/// </summary>
/// <param name="import">The import's id.</param>
public sealed class PlanCommands(Guid import, PersonId by)
{
    public IReadOnlyList<HouseholdCommand> Apply(HouseholdPlan plan)
    {
        if (plan.IsNew)
            return
            [
                new CreateHousehold
                {
                    Operation = Operation(plan, "create"),
                    By = by,
                    Area = new(by.Pack, plan.Area),
                    Fields = After(plan.Fields),
                    Residents = [.. plan.Residents.Select(Added)],
                },
            ];
        var commands = new List<HouseholdCommand>();
        if (!plan.Fields.IsEmpty)
            commands.Add(
                new CorrectHousehold
                {
                    Operation = Operation(plan, "correct"),
                    By = by,
                    Fields = Changes(plan.Fields, c => c.After),
                }
            );
        foreach (var resident in plan.Residents)
            commands.Add(
                resident.IsNew
                    ? new AddResident
                    {
                        Operation = Operation(plan, $"add {resident.Id:N}"),
                        By = by,
                        Resident = Added(resident),
                    }
                    : Correct(plan, resident)
            );
        return commands;
    }

    /// <summary>
    /// Puts back what the import changed, unless somebody has changed it again since. Whom it registered moves out: what happened stays
    /// in the history.
    /// </summary>
    public IReadOnlyList<HouseholdCommand> Undo(HouseholdPlan plan, HouseholdView now, string reason)
    {
        var commands = new List<HouseholdCommand>();
        var fields = StillAfter(plan.Fields, now.Fields);
        if (!plan.IsNew && !fields.IsEmpty)
            commands.Add(
                new CorrectHousehold
                {
                    Operation = Operation(plan, "undo"),
                    By = by,
                    Fields = Changes(fields, c => c.Before),
                }
            );
        foreach (var resident in plan.Residents)
            if (!resident.IsNew && now.Resident(resident.Id) is { IsErased: false } known && Restore(plan, resident, known) is { } command)
                commands.Add(command);
        var added = plan.Residents.Where(r => r.IsNew && now.Resident(r.Id)?.IsLiving == true).Select(r => r.Id).ToImmutableArray();
        if (!added.IsEmpty)
            commands.Add(
                new MoveOut
                {
                    Operation = Operation(plan, "leave"),
                    By = by,
                    Residents = added,
                    Reason = reason,
                }
            );
        return commands;
    }

    CorrectResident Correct(HouseholdPlan plan, ResidentPlan resident) =>
        new()
        {
            Operation = Operation(plan, $"correct {resident.Id:N}"),
            By = by,
            Resident = resident.Id,
            Kind = resident.Kind?.After,
            Relation = resident.Relation?.After,
            Fields = Changes(resident.Fields, c => c.After),
            Groups = resident.Groups?.After,
            Certificates = resident.Certificates?.After,
            Tags = resident.Tags?.After,
        };

    CorrectResident? Restore(HouseholdPlan plan, ResidentPlan resident, ResidentView now)
    {
        var fields = StillAfter(resident.Fields, now.Fields);
        var command = new CorrectResident
        {
            Operation = Operation(plan, $"undo {resident.Id:N}"),
            By = by,
            Resident = resident.Id,
            Kind = resident.Kind is { } kind && now.Kind == kind.After ? kind.Before : null,
            Relation = resident.Relation is { Before: { } before } relation && now.Relation == relation.After ? before : null,
            Fields = Changes(fields, c => c.Before),
            Groups = resident.Groups is { } groups && now.Groups.SequenceEqual(groups.After) ? groups.Before : null,
            Certificates = resident.Certificates is { } held && AreSame(now.Certificates, held.After) ? held.Before : null,
            Tags = resident.Tags is { } tags && now.Tags.SequenceEqual(tags.After) ? tags.Before : null,
        };
        var isNothing = command is { Kind: null, Relation: null, Groups: null, Certificates: null, Tags: null } && fields.IsEmpty;
        return isNothing ? null : command;
    }

    static bool AreSame(ImmutableArray<Certificate> now, ImmutableArray<Certificate> after) =>
        now.Select(c => (c.Id, c.ExpiresOn)).SequenceEqual(after.Select(c => (c.Id, c.ExpiresOn)));

    static NewResident Added(ResidentPlan resident) =>
        new(
            resident.Id,
            resident.Kind?.After ?? ResidentKind.Registered,
            resident.Relation?.After,
            After(resident.Fields),
            resident.Groups?.After ?? [],
            resident.Certificates?.After ?? [],
            resident.Tags?.After ?? []
        );

    static ImmutableSortedDictionary<string, string> After(ImmutableSortedDictionary<string, Change<string?>> fields) =>
        fields.ToImmutableSortedDictionary(f => f.Key, f => f.Value.After!, StringComparer.Ordinal);

    static FieldChanges Changes(ImmutableSortedDictionary<string, Change<string?>> fields, Func<Change<string?>, string?> value) =>
        new(fields.ToImmutableSortedDictionary(f => f.Key, f => value(f.Value), StringComparer.Ordinal));

    static ImmutableSortedDictionary<string, Change<string?>> StillAfter(
        ImmutableSortedDictionary<string, Change<string?>> fields,
        ImmutableSortedDictionary<string, string> now
    ) => fields.RemoveRange(fields.Where(f => now.GetValueOrDefault(f.Key) != f.Value.After).Select(f => f.Key));

    Guid Operation(HouseholdPlan plan, string step) => OperationIds.Of(by.Key, $"import {import:N} {plan.Household:N} {step}", []);
}
