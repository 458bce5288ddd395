using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Leaves;

/// <summary>Codes of the refusals of a leave, besides those of cases.</summary>
public static class LeaveRejections
{
    /// <summary>The person is on leave in a part of that time already.</summary>
    public const string Overlaps = "leave-overlaps";

    /// <summary>The deputies would stand in for each other at the same time.</summary>
    public const string Loop = "deputy-loop";

    /// <summary>No deputy is named, and the pack names none for the person's posts.</summary>
    public const string NoDeputy = "no-deputy";

    /// <summary>The leave is over, or was cancelled.</summary>
    public const string Over = "leave-over";
}

/// <summary>Who may enter a leave, and which (docs/cases.md).</summary>
public static class LeaveRules
{
    /// <summary>Everybody enters their own; a head enters it for those in whose areas, all of them, the head may assign.</summary>
    public static bool MayEnter(PersonEntry by, PersonEntry person) =>
        by.Id == person.Id || (person.Posts.Count > 0 && person.Posts.All(held => by.Over(held.Area).Has(Permission.Assign)));

    /// <param name="others">Every leave of the pack that isn't over.</param>
    /// <returns>Null when the leave may be entered; otherwise the code of the refusal.</returns>
    public static string? Check(LoadedPack pack, PersonEntry by, Leave leave, IReadOnlyCollection<Leave> others)
    {
        if (pack.Person(leave.Person) is not { Posts.Count: > 0 } person)
            return CaseRejections.NotFound;
        if (!MayEnter(by, person))
            return CaseRejections.NotPermitted;
        if (others.Any(o => o.Person == leave.Person && o.From < leave.To && leave.From < o.To))
            return LeaveRejections.Overlaps;
        if (Deputies.Of(pack, leave).IsEmpty)
            return LeaveRejections.NoDeputy;
        return ComesBack(pack, leave, leave.Person, leave.From, leave.To, others, []) ? LeaveRejections.Loop : null;
    }

    /// <summary>Whether, at some moment within a time, the deputies lead back to the person.</summary>
    static bool ComesBack(
        LoadedPack pack,
        Leave leave,
        PersonId person,
        DateTimeOffset from,
        DateTimeOffset to,
        IReadOnlyCollection<Leave> others,
        HashSet<Guid> path
    )
    {
        if (from >= to || !path.Add(leave.Id))
            return false;
        foreach (var deputy in Deputies.Of(pack, leave))
        {
            if (deputy == person)
                return true;
            foreach (var next in others.Where(o => o.Person == deputy))
                if (ComesBack(pack, next, person, next.From > from ? next.From : from, next.To < to ? next.To : to, others, path))
                    return true;
        }
        path.Remove(leave.Id);
        return false;
    }
}
