using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Households;

/// <summary>
/// Enters the buildings of made-up households with all their doors, in two calls a building, when the first household of a building is
/// entered.
/// </summary>
/// <param name="refused">Is told why a building wasn't entered: its households are entered without a home.</param>
sealed class HomeLoad(PackFolder pack, Session session, Action<Problem> refused)
{
    static readonly IReadOnlyDictionary<(string, string), string> None = new Dictionary<(string, string), string>();

    readonly ConcurrentDictionary<(string Area, int Building), Lazy<Task<IReadOnlyDictionary<(string, string), string>>>> _doors = new();

    /// <returns>The id of the dwelling; null for a house that stands by itself.</returns>
    public async ValueTask<string?> Of(GeneratedHousehold household, CancellationToken cancellationToken)
    {
        if (household.Home is not { } home)
            return null;
        var doors = _doors.GetOrAdd((household.Area, home.Building), _ => new(() => Enter(household, home.Building, cancellationToken)));
        return (await doors.Value).GetValueOrDefault((home.Unit, home.Door));
    }

    async Task<IReadOnlyDictionary<(string, string), string>> Enter(
        GeneratedHousehold household,
        int building,
        CancellationToken cancellationToken
    )
    {
        // The same building has the same keys, so that a load which is begun again enters none twice.
        var key = string.Create(CultureInfo.InvariantCulture, $"{pack.Id}/{household.Area}/building {building}");
        var address = household.Fields["address"];
        var body = new PlaceBody(
            household.Area,
            "building",
            new Dictionary<string, string> { ["name"] = NameOf(address), ["address"] = address }
        );
        var added = await session.AddPlace(body, KeyOf(key), cancellationToken);
        if (added.Refused(out var problem, out var place))
        {
            refused(problem);
            return None;
        }
        var doors = new DoorsBody(Addresses.Units, Addresses.Floors, Addresses.DoorsPerFloor);
        var made = await session.AddDoors(place.Id, doors, KeyOf($"{key} doors"), cancellationToken);
        if (made.Refused(out problem, out var dwellings))
        {
            refused(problem);
            return None;
        }
        return dwellings.Dwellings.ToDictionary(d => (d.UnitName ?? "", d.Door), d => d.Id);
    }

    /// <summary>Number and building, without the names of the areas and the road above them.</summary>
    static string NameOf(string address) => address[(address.LastIndexOf('路') + 1)..];

    static string KeyOf(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
}
