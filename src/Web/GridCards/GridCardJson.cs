using System.ComponentModel.DataAnnotations;

namespace GridActors.Web.GridCards;

// What is required is nullable all the same, so that a request without it gets a problem that names the field.

/// <param name="Code">What the printed code says.</param>
public sealed record OpenCardRequest([property: Required] string? Code);

/// <summary>What residents see of their grid.</summary>
/// <param name="Place">What the pack calls itself.</param>
/// <param name="AreaName">The grid.</param>
/// <param name="Within">The names of the areas it lies in, the nearest first; without the root.</param>
/// <param name="People">Whom residents turn to. Nobody of whom nothing is shown.</param>
/// <param name="Station">Where residents go during office hours; null where none was entered.</param>
/// <param name="Registers">The same code opens the registration of a household, at <c>/r#</c> and the code.</param>
public sealed record GridCardJson(
    string Place,
    string PlaceEn,
    string AreaName,
    IReadOnlyList<string> Within,
    IReadOnlyList<CardPersonJson> People,
    CardStationJson? Station,
    OfficeWeekJson Office,
    bool Registers
);

/// <param name="Name">Null where the name isn't shown.</param>
/// <param name="Post">What the post is called, e.g. <c>网格员</c>.</param>
/// <param name="Phone">The duty phone; null where none is shown.</param>
/// <param name="Portrait">A small JPEG as base64; null where none is shown.</param>
/// <param name="StandsIn">They stand in for now.</param>
public sealed record CardPersonJson(string? Name, string Post, string PostEn, string? Phone, byte[]? Portrait, bool StandsIn);

/// <param name="Phone">Null where there is none.</param>
public sealed record CardStationJson(string Name, string? Address, string? Phone);

/// <param name="Open">Now.</param>
/// <param name="Changes">When it next closes, or opens; null when it does neither within two weeks.</param>
/// <param name="Days">Today and the six days after it.</param>
public sealed record OfficeWeekJson(bool Open, DateTimeOffset? Changes, IReadOnlyList<OfficeDayJson> Days);

/// <param name="Hours">Empty on a day off.</param>
public sealed record OfficeDayJson(DateOnly Day, IReadOnlyList<OfficeSpanJson> Hours);

/// <param name="From">Time of the day at the place, e.g. <c>08:00</c>.</param>
public sealed record OfficeSpanJson(string From, string To);

/// <summary>Somebody who stands on cards, with what residents are shown of them.</summary>
/// <param name="Area">Where they hold the post.</param>
/// <param name="Phone">Empty for none.</param>
/// <param name="Portrait">A small JPEG as base64; null for none.</param>
public sealed record ShownPersonJson(
    string Person,
    string Name,
    string Post,
    string PostName,
    string PostNameEn,
    string Area,
    string AreaName,
    bool ShowsName,
    string Phone,
    byte[]? Portrait
);

/// <param name="ShowsName">Whether residents are told the name.</param>
/// <param name="Phone">The duty phone that residents are told; without it, none.</param>
/// <param name="Photo">Id of a photo that you have uploaded, to be shown from now on. Without it the portrait stays.</param>
/// <param name="RemovesPortrait">No portrait is shown any more.</param>
public sealed record ShowPersonRequest([property: Required] bool? ShowsName, string? Phone, string? Photo, bool? RemovesPortrait);

/// <summary>An area's card as residents see it, and where its station comes from.</summary>
/// <param name="StationOf">Code of the area whose station is shown; null where there is none.</param>
public sealed record AreaCardJson(string Area, string? StationOf, string? StationOfName, GridCardJson Card);

/// <param name="Name">Empty, and the area has no station of its own any more.</param>
public sealed record StationRequest([property: Required] string? Name, string? Address, string? Phone);

/// <summary>A code to print.</summary>
/// <param name="Within">The names of the areas it lies in, the nearest first; without the root.</param>
/// <param name="Code">It stands behind <c>/g#</c>.</param>
/// <param name="Registers">Residents can apply by it to register their household, too.</param>
public sealed record CardCodeJson(
    string Id,
    string Area,
    string AreaName,
    IReadOnlyList<string> Within,
    string Code,
    DateTimeOffset MadeAt,
    string MadeByName,
    bool Registers
);

/// <param name="Total">How many codes there are in the area and below.</param>
/// <param name="Missing">How many of the lowest areas have none.</param>
/// <param name="MayRegister">Codes that are made here can open the registration of households, too.</param>
/// <param name="Items">The first 2000, in the order of the areas.</param>
public sealed record CardCodesJson(int Total, int Missing, bool MayRegister, IReadOnlyList<CardCodeJson> Items);

/// <param name="Area">Code of the area.</param>
/// <param name="Below">For all lowest areas below it instead of for itself.</param>
/// <param name="Registers">Residents can apply by them to register their household, too.</param>
public sealed record MakeCodesRequest([property: Required] string? Area, bool? Below, bool? Registers);
