using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Leaves;

/// <summary>
/// Puts deputies in the place of people on leave. The rules of the pack find people by their posts; this comes after them, wherever a case
/// is offered to somebody or somebody is asked for time.
/// </summary>
public static class Deputies
{
    /// <summary>
    /// Those people, with the deputies of everybody among them who is away. A deputy who is away has a deputy, too. Where no deputy may
    /// have the case, it stays with the person: it is better late than with nobody, or with somebody who mustn't see it.
    /// </summary>
    public static ImmutableArray<PersonId> For(LoadedPack pack, RoutedCase routed, ImmutableArray<PersonId> people, DateTimeOffset at)
    {
        if (people.IsDefaultOrEmpty || people.All(p => pack.Leaves.Of(p, at) is null))
            return people;
        return [.. people.SelectMany(p => For(pack, routed, p, at)).Distinct()];
    }

    /// <summary>Who has what is offered to a person: they themselves when they aren't away, or nobody may stand in for them.</summary>
    static ImmutableArray<PersonId> For(LoadedPack pack, RoutedCase routed, PersonId person, DateTimeOffset at)
    {
        if (pack.Leaves.Of(person, at) is not { } leave)
            return [person];
        var found = new List<PersonId>();
        Collect(pack, routed, leave, at, [person], found);
        return found.Count == 0 ? [person] : [.. found];
    }

    /// <summary>
    /// Those people and the deputies of those among them who are away: for an opinion or a task, which the person can still give when they
    /// come back in time.
    /// </summary>
    public static ImmutableArray<PersonId> Beside(LoadedPack pack, RoutedCase routed, ImmutableArray<PersonId> people, DateTimeOffset at)
    {
        var deputies = For(pack, routed, people, at);
        return deputies == people ? people : [.. people.Union(deputies)];
    }

    /// <summary>
    /// For a case that follows its pack: the deputies in their places, and those of a claimant who is away, so that somebody sees the case
    /// meanwhile.
    /// </summary>
    public static ImmutableArray<PersonId> Recipients(LoadedPack pack, RoutedCase routed, ImmutableArray<PersonId> named, DateTimeOffset at)
    {
        var people = For(pack, routed, named, at);
        if (routed.Claimant is not { } claimant || routed.Status is not (CaseStatus.Claimed or CaseStatus.OnSite))
            return people;
        return pack.Leaves.Of(claimant, at) is null ? people : [.. people.Union(For(pack, routed, claimant, at).Where(p => p != claimant))];
    }

    /// <summary>Who is asked for time: deputies who may decide about it themselves, and never the claimant.</summary>
    public static ImmutableArray<PersonId> Approvers(LoadedPack pack, RoutedCase routed, ImmutableArray<PersonId> named, DateTimeOffset at)
    {
        return named.IsDefaultOrEmpty ? named : [.. named.SelectMany(Asked).Distinct()];

        IEnumerable<PersonId> Asked(PersonId approver)
        {
            var deputies = For(pack, routed, approver, at).Where(d => CaseRouting.MayApprove(pack, routed, d)).ToList();
            return deputies.Count == 0 ? [approver] : deputies;
        }
    }

    /// <summary>A decision's context with the deputies in their places.</summary>
    public static DecisionContext In(DecisionContext context, LoadedPack pack, RoutedCase routed, CaseCommand command, DateTimeOffset at)
    {
        if (pack.Leaves.IsEmpty)
            return context;
        return context with
        {
            Recipients =
                command is ReofferCase ? Recipients(pack, routed, context.Recipients, at) : For(pack, routed, context.Recipients, at),
            Approvers = Approvers(pack, routed, context.Approvers, at),
            Up = context.Up is { } up ? up with { Recipients = For(pack, routed, up.Recipients, at) } : null,
            Down = context.Down is { } down ? down with { Recipients = For(pack, routed, down.Recipients, at) } : null,
            ActsForClaimant = StandsInForClaimant(pack, routed, command.By, at),
        };
    }

    /// <summary>The case as if it were offered, too, to those for whom its recipients stand in: a ladder doesn't climb to them.</summary>
    public static RoutedCase WithAbsent(LoadedPack pack, RoutedCase routed, DateTimeOffset at)
    {
        if (pack.Leaves.IsEmpty)
            return routed;
        var absent = pack.Leaves.Away(at).Where(p => For(pack, routed, p, at).Any(routed.OfferedTo.Contains));
        return routed with { OfferedTo = [.. routed.OfferedTo.Union(absent)] };
    }

    /// <summary>Whether a person stands in for a case's claimant, who is away.</summary>
    public static bool StandsInForClaimant(LoadedPack pack, RoutedCase routed, PersonId person, DateTimeOffset at) =>
        routed.Claimant is { } claimant && claimant != person && For(pack, routed, claimant, at).Contains(person);

    /// <summary>
    /// The leave of one of those people for which a person has the case as their deputy; null when they are nobody's deputy.
    /// </summary>
    public static Leave? LeaveOfOne(LoadedPack pack, RoutedCase routed, IEnumerable<PersonId> people, PersonId deputy, DateTimeOffset at)
    {
        foreach (var person in people)
            if (person != deputy && pack.Leaves.Of(person, at) is { } leave && For(pack, routed, person, at).Contains(deputy))
                return leave;
        return null;
    }

    /// <summary>
    /// Whether somebody stood in for one of those people. A deputy who claimed a case keeps it when the leave is over, wherever their own
    /// posts are.
    /// </summary>
    public static bool HasStoodIn(LoadedPack pack, PersonId deputy, IEnumerable<PersonId> people) =>
        !pack.Leaves.IsEmpty && people.Any(p => pack.Leaves.AllOf(p).Any(l => Circle(pack, l).Contains(deputy)));

    /// <summary>
    /// Everybody whose cases a leave can concern: the person, those who stand in for them, and those who stand in for these, at any time.
    /// </summary>
    public static HashSet<PersonId> Circle(LoadedPack pack, Leave leave)
    {
        var circle = new HashSet<PersonId> { leave.Person };
        var next = new Queue<Leave>([leave]);
        while (next.TryDequeue(out var one))
            foreach (var deputy in Named(pack, one).Concat(ByPost(pack, one)))
                if (circle.Add(deputy))
                    foreach (var theirs in pack.Leaves.AllOf(deputy))
                        next.Enqueue(theirs);
        return circle;
    }

    /// <summary>
    /// Who stands in for somebody: the person that the leave names, or, without one, the holders of the posts that the pack names.
    /// </summary>
    public static ImmutableArray<PersonId> Of(LoadedPack pack, Leave leave) =>
        [.. leave.Deputy is null ? ByPost(pack, leave) : Named(pack, leave)];

    static void Collect(LoadedPack pack, RoutedCase routed, Leave leave, DateTimeOffset at, HashSet<PersonId> seen, List<PersonId> found)
    {
        var before = found.Count;
        foreach (var deputies in new[] { Named(pack, leave), ByPost(pack, leave) })
        {
            foreach (var deputy in deputies)
                if (!seen.Add(deputy))
                    continue;
                else if (pack.Leaves.Of(deputy, at) is { } theirs)
                    Collect(pack, routed, theirs, at, seen, found);
                else if (CaseRouting.IsEntitled(pack, routed, deputy))
                    found.Add(deputy);
            // The posts come in where the named deputy has left, is away without a deputy, or mustn't see the case.
            if (found.Count > before)
                return;
        }
    }

    /// <summary>Nobody when the deputy has left the pack, or holds no post any more.</summary>
    static IEnumerable<PersonId> Named(LoadedPack pack, Leave leave) =>
        leave.Deputy is { } deputy && pack.Person(deputy) is { Posts.Count: > 0 } ? [deputy] : [];

    static IEnumerable<PersonId> ByPost(LoadedPack pack, Leave leave) =>
        pack.Person(leave.Person) is not { } person
            ? []
            : person
                .Posts.Where(held => held.Post.Deputy is not null)
                .SelectMany(held => LoadedPack.NearestHolders(held.Post.Deputy!, null, held.Area))
                .Where(p => p != leave.Person)
                .Distinct();
}
