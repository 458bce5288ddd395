using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Places;

/// <summary>What a place is (房屋与场所). The numbers are stored.</summary>
public enum PlaceKind : byte
{
    /// <summary>A building (楼栋).</summary>
    Building = 0,

    /// <summary>A staircase of a building (单元).</summary>
    Unit = 1,

    /// <summary>Where one household lives (住房), also a house that stands by itself.</summary>
    Dwelling = 2,

    /// <summary>A place that is looked at regularly (重点场所), of a type of the pack: a school, a market, a building site.</summary>
    KeyPlace = 3,

    /// <summary>An organisation at its address (单位).</summary>
    Organisation = 4,
}

/// <summary>What has become of a place. The numbers are stored.</summary>
public enum PlaceStatus : byte
{
    InUse = 0,

    /// <summary>Closed or demolished.</summary>
    Gone = 1,

    /// <summary>Gone because the building or unit that it belongs to is: it comes back with that one.</summary>
    GoneWithParent = 2,
}

/// <summary>A place, with everything in clear: what a caller may see of it is decided where it is answered.</summary>
/// <param name="Type">Of a key place, an id of the pack's <c>keyPlaces</c>; otherwise null.</param>
/// <param name="Parent">The building or unit that it belongs to; null when it stands by itself.</param>
/// <param name="Fields">By the id of the pack's field, and its position (<see cref="PositionField"/>).</param>
/// <param name="Version">The number of its events.</param>
/// <param name="VisitedAt">When somebody last looked at it; null for never.</param>
[GenerateSerializer, Immutable, Alias("gridactors.PlaceView")]
public sealed record PlaceView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AreaId Area,
    [property: Id(2)] PlaceKind Kind,
    [property: Id(3)] string? Type,
    [property: Id(4)] Guid? Parent,
    [property: Id(5)] PlaceStatus Status,
    [property: Id(6)] ImmutableSortedDictionary<string, string> Fields,
    [property: Id(7)] int Version,
    [property: Id(8)] DateTimeOffset CreatedAt,
    [property: Id(9)] DateTimeOffset UpdatedAt,
    [property: Id(10)] PersonId UpdatedBy,
    [property: Id(11)] DateTimeOffset? VisitedAt = null
)
{
    /// <summary>
    /// Where it is stands among the fields, as <c>lon,lat</c>, because it is sealed like them. No field of a pack can have this id.
    /// </summary>
    public const string PositionField = "position";

    public bool IsInUse => Status == PlaceStatus.InUse;

    public Position? Position => PositionOf(Fields);

    public static string TextOf(Position position) => string.Create(CultureInfo.InvariantCulture, $"{position.Lon},{position.Lat}");

    public static Position? PositionOf(ImmutableSortedDictionary<string, string> fields) =>
        fields.GetValueOrDefault(PositionField)?.Split(',') is [var lon, var lat]
        && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
        && double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            ? new(x, y)
            : null;
}

/// <summary>The answer to a command or a question about one place.</summary>
/// <param name="Rejection">A code of <see cref="PlaceRejections"/> or of cases when the command was refused, else null.</param>
/// <param name="Place">Null when there is none, or the caller may not see it.</param>
[GenerateSerializer, Immutable, Alias("gridactors.PlaceAnswer")]
public sealed record PlaceAnswer([property: Id(0)] string? Rejection, [property: Id(1)] PlaceView? Place);
