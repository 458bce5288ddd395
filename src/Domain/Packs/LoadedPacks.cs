using System.Collections.Frozen;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Domain.Packs;

/// <summary>All packs of the deployment. Immutable.</summary>
public sealed class LoadedPacks(IReadOnlyList<LoadedPack> packs)
{
    public static LoadedPacks Empty { get; } = new([]);

    readonly FrozenDictionary<string, LoadedPack> _packs = packs.ToFrozenDictionary(p => p.Pack.Id);
    readonly FrozenDictionary<AreaId, (AreaNode Node, LoadedPack Pack)> _areas = packs
        .SelectMany(p => p.Areas.Values.Select(a => (Node: a, Pack: p)))
        .ToFrozenDictionary(a => a.Node.Id);
    readonly FrozenDictionary<PersonId, PersonEntry> _people = packs.SelectMany(p => p.People.Values).ToFrozenDictionary(p => p.Id);

    public IEnumerable<LoadedPack> Packs => _packs.Values;

    public LoadedPack? Pack(string id) => _packs.GetValueOrDefault(id);

    public LoadedPack? PackOf(AreaId area) => _areas.GetValueOrDefault(area).Pack;

    public AreaNode? Area(AreaId area) => _areas.GetValueOrDefault(area).Node;

    public PersonEntry? Person(PersonId person) => _people.GetValueOrDefault(person);

    /// <summary>What a person's posts permit in an area. In another pack's area that is nothing.</summary>
    public PermissionSet Over(PersonId person, AreaId area) =>
        Person(person) is { } entry && Area(area) is { } node && IsOnePack(person, area) ? entry.Over(node) : PermissionSet.None;

    static bool IsOnePack(PersonId person, AreaId area)
    {
        var pack = person.Key.AsSpan(0, person.Key.IndexOf('/', StringComparison.Ordinal) + 1);
        return area.Key.AsSpan().StartsWith(pack, StringComparison.Ordinal);
    }
}

/// <summary>The packs as they are now.</summary>
public interface IPacks
{
    LoadedPacks Current { get; }
}
