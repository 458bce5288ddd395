using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GridActors.Generator;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Households;

/// <summary>
/// Enters where made-up households live: a building with all its doors, in two calls, when its first household is entered; or a house that
/// stands by itself. Each stands somewhere within its grid.
/// </summary>
/// <param name="refused">Is told why a home wasn't entered: its households are entered without one.</param>
sealed class HomeLoad(PackFolder pack, Session session, Action<Problem> refused)
{
    static readonly IReadOnlyDictionary<(string, string), string> None = new Dictionary<(string, string), string>();

    readonly ConcurrentDictionary<(string Area, int Building), Lazy<Task<IReadOnlyDictionary<(string, string), string>>>> _doors = new();
    readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, Outline>>>> _outlines = new(StringComparer.Ordinal);

    /// <returns>The id of the dwelling; null when it wasn't entered.</returns>
    public async ValueTask<string?> Of(GeneratedHousehold household, CancellationToken cancellationToken)
    {
        if (household.Home is not { } home)
            return await House(household, cancellationToken);
        var doors = _doors.GetOrAdd((household.Area, home.Building), _ => new(() => Building(household, home.Building, cancellationToken)));
        return (await doors.Value).GetValueOrDefault((home.Unit, home.Door));
    }

    async Task<string?> House(GeneratedHousehold household, CancellationToken cancellationToken) =>
        (await Enter(household.Area, "dwelling", household, $"house {household.Fields["number"]}", cancellationToken))?.Id;

    async Task<IReadOnlyDictionary<(string, string), string>> Building(
        GeneratedHousehold household,
        int building,
        CancellationToken cancellationToken
    )
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"building {building}");
        if (await Enter(household.Area, "building", household, name, cancellationToken) is not { } place)
            return None;
        var doors = new DoorsBody(Addresses.Units, Addresses.Floors, Addresses.DoorsPerFloor);
        var made = await session.AddDoors(place.Id, doors, KeyOf(household.Area, $"{name} doors"), cancellationToken);
        if (made.Refused(out var problem, out var dwellings))
        {
            refused(problem);
            return None;
        }
        return dwellings.Dwellings.ToDictionary(d => (d.UnitName ?? "", d.Door), d => d.Id);
    }

    /// <param name="name">What it is called here: the same one has the same key, so that a load that begins again enters it once.</param>
    async Task<PlaceView?> Enter(string area, string kind, GeneratedHousehold household, string name, CancellationToken cancellationToken)
    {
        var (key, address) = (KeyOf(area, name), household.Fields["address"]);
        var fields = new Dictionary<string, string> { ["name"] = NameOf(address), ["address"] = address };
        var position = (await OutlineOf(area, cancellationToken))?.PointInside(
            new Random(new Draw(Encoding.UTF8.GetBytes(key)).Next(int.MaxValue))
        );
        var added = await session.AddPlace(new(area, kind, fields, position), key, cancellationToken);
        if (!added.Refused(out var problem, out var place))
            return place;
        refused(problem);
        return null;
    }

    async Task<Outline?> OutlineOf(string area, CancellationToken cancellationToken)
    {
        if (pack.ParentOf(area) is not { } parent)
            return null;
        var outlines = _outlines.GetOrAdd(parent, p => new(() => Outlines(p, cancellationToken)));
        return (await outlines.Value).GetValueOrDefault(area);
    }

    async Task<IReadOnlyDictionary<string, Outline>> Outlines(string parent, CancellationToken cancellationToken) =>
        Outline.All((await session.Map(parent, cancellationToken)).Value);

    /// <summary>Number and building, without the names of the areas and the road above them.</summary>
    static string NameOf(string address) => address[(address.LastIndexOf('路') + 1)..];

    string KeyOf(string area, string name) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{pack.Id}/{area}/{name}")).AsSpan(0, 16)).ToString();
}
