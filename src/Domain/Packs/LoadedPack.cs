using System.Collections.Frozen;
using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Domain.Packs;

/// <summary>One pack, ready to be asked: where is, who holds, who is answerable. Immutable; a changed pack makes a new one.</summary>
public sealed class LoadedPack
{
    /// <summary>The pack's own settings, catalogue included; its areas, people and holdings are empty here, since the nodes hold them.</summary>
    public required Pack Pack { get; init; }
    public required TimeZoneInfo TimeZone { get; init; }
    public required AreaNode Root { get; init; }
    public required FrozenDictionary<string, AreaNode> Areas { get; init; }
    public required FrozenDictionary<string, PersonEntry> People { get; init; }
    public required FrozenDictionary<string, Category> Categories { get; init; }
    public required FrozenDictionary<string, Department> Departments { get; init; }

    /// <summary>A person's name; the id of somebody the pack no longer knows.</summary>
    public string NameOf(PersonId person) => People.GetValueOrDefault(person.Id)?.Name ?? person.Id;

    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZone).DateTime);

    /// <summary>The moment a day of the pack begins.</summary>
    public DateTimeOffset Start(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (TimeZone.IsInvalidTime(local)) local = local.AddMinutes(30); // Some zones skip midnight.
        return new(local, TimeZone.GetUtcOffset(local));
    }

    /// <summary>Everyone answerable for a category where it happened. Never empty in a valid pack: a rule that finds nobody falls to the root's post.</summary>
    public ImmutableArray<PersonId> Recipients(Category category, AreaNode area)
    {
        var found = ImmutableArray.CreateBuilder<PersonId>();
        foreach (var rule in category.Recipients) Add(found, Resolve(rule.Post, rule.At, area));
        if (found.Count == 0) Add(found, Resolve(Pack.FallbackPost, null, Root));
        return found.ToImmutable();
    }

    /// <summary>Who receives what is transferred to a department from an area.</summary>
    public ImmutableArray<PersonId> Recipients(Department department, AreaNode area)
    {
        var found = ImmutableArray.CreateBuilder<PersonId>();
        Add(found, Resolve(department.Post, department.At, area));
        if (found.Count == 0) Add(found, Resolve(Pack.FallbackPost, null, Root));
        return found.ToImmutable();
    }

    /// <summary>The holders of a post in the nearest area at or above a place; vacant posts are looked for further up.</summary>
    static IEnumerable<PersonId> Resolve(string post, string? at, AreaNode area)
    {
        var start = at is null ? area : area.Upwards().FirstOrDefault(a => a.Level.Id == at);
        if (start is null) return [];
        foreach (var node in start.Upwards())
        {
            var holders = node.Holders.Where(h => h.Post.Id == post).Select(h => h.Person).ToList();
            if (holders.Count > 0) return holders;
        }
        return [];
    }

    static void Add(ImmutableArray<PersonId>.Builder to, IEnumerable<PersonId> people)
    {
        foreach (var person in people)
            if (!to.Contains(person)) to.Add(person);
    }
}

/// <summary>Every pack of the deployment, as one immutable picture.</summary>
public sealed class LoadedPacks(IReadOnlyList<LoadedPack> packs)
{
    public static LoadedPacks Empty { get; } = new([]);

    readonly FrozenDictionary<string, LoadedPack> _packs = packs.ToFrozenDictionary(p => p.Pack.Id);
    readonly FrozenDictionary<AreaId, (AreaNode Node, LoadedPack Pack)> _areas =
        packs.SelectMany(p => p.Areas.Values.Select(a => (Node: a, Pack: p))).ToFrozenDictionary(a => a.Node.Id);
    readonly FrozenDictionary<PersonId, PersonEntry> _people = packs.SelectMany(p => p.People.Values).ToFrozenDictionary(p => p.Id);

    public IEnumerable<LoadedPack> Packs => _packs.Values;
    public LoadedPack? Pack(string id) => _packs.GetValueOrDefault(id);
    public LoadedPack? PackOf(AreaId area) => _areas.GetValueOrDefault(area).Pack;
    public AreaNode? Area(AreaId area) => _areas.GetValueOrDefault(area).Node;
    public PersonEntry? Person(PersonId person) => _people.GetValueOrDefault(person);

    static bool IsOnePack(PersonId person, AreaId area)
    {
        var pack = person.Key.AsSpan(0, person.Key.IndexOf('/', StringComparison.Ordinal) + 1);
        return area.Key.AsSpan().StartsWith(pack, StringComparison.Ordinal);
    }

    /// <summary>What a person's posts permit in an area; nothing in another pack's.</summary>
    public PermissionSet Over(PersonId person, AreaId area) =>
        Person(person) is { } entry && Area(area) is { } node && IsOnePack(person, area) ? entry.Over(node) : PermissionSet.None;
}

/// <summary>The packs as they are now.</summary>
public interface IPacks
{
    LoadedPacks Current { get; }
}
