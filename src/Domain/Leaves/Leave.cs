using System.Collections.Frozen;
using System.Collections.Immutable;
using GridActors.Contracts.People;

namespace GridActors.Domain.Leaves;

/// <summary>Somebody's leave (请假): what would be offered to them meanwhile is offered to their deputy.</summary>
/// <param name="To">The first moment at which they are back. A leave that was cancelled before it began ends when it begins.</param>
/// <param name="Deputy">Who stands in; null when it is whoever holds the post that the pack names as the deputy of theirs.</param>
public sealed record Leave(Guid Id, PersonId Person, DateTimeOffset From, DateTimeOffset To, PersonId? Deputy)
{
    public bool Covers(DateTimeOffset at) => From <= at && at < To;
}

/// <summary>The leave of a pack's people that lasts, is to come, or is not long over. Immutable.</summary>
public sealed class LeaveList(IReadOnlyCollection<Leave> leaves)
{
    public static LeaveList Empty { get; } = new([]);

    /// <summary>
    /// For so long the leave that is over is kept. Cases follow the end of a leave within seconds, or after an outage; until then it has to
    /// be known who stood in for whom.
    /// </summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    readonly FrozenDictionary<PersonId, ImmutableArray<Leave>> _byPerson = leaves
        .GroupBy(l => l.Person)
        .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());

    public IReadOnlyCollection<Leave> All => leaves;

    public bool IsEmpty => leaves.Count == 0;

    /// <summary>Whether these are all that it has.</summary>
    public bool Has(IReadOnlyCollection<Leave> all) => all.Count == leaves.Count && all.All(l => AllOf(l.Person).Contains(l));

    /// <summary>The leave that somebody is on; null when they aren't away.</summary>
    public Leave? Of(PersonId person, DateTimeOffset at)
    {
        foreach (var leave in AllOf(person))
            if (leave.Covers(at))
                return leave;
        return null;
    }

    public ImmutableArray<Leave> AllOf(PersonId person) => _byPerson.TryGetValue(person, out var all) ? all : [];

    /// <summary>Everybody who is away.</summary>
    public IEnumerable<PersonId> Away(DateTimeOffset at) => _byPerson.Where(p => p.Value.Any(l => l.Covers(at))).Select(p => p.Key);
}
