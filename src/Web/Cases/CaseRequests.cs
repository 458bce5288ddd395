using System.ComponentModel;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Mvc;

namespace GridActors.Web.Cases;

public sealed record ReportRequest(
    string? Category,
    string? Area,
    PositionJson? Position,
    string? Title,
    string? Detail,
    IReadOnlyList<string>? Photos,
    string? Solved
);

public sealed record ReasonRequest(string? Reason);

public sealed record HandOverRequest(string? To, string? Reason);

public sealed record TextRequest(string? Text);

public sealed record TextAndPhotosRequest(string? Text, IReadOnlyList<string>? Photos);

public sealed record TransferRequest(string? Department, string? Reason);

public sealed record CloseRequest(int? Rating, string? Text);

/// <summary>The query of <c>GET /api/cases</c>.</summary>
public sealed record CaseListQuery(
    [FromQuery(Name = "area")] [property: Description("Code of the area; by default the caller's home.")] string? Area,
    [FromQuery(Name = "status")] [property: Description("A status or `open` (every status but closed); may be repeated.")] string[]? Status,
    [FromQuery(Name = "category")] [property: Description("Code of a category.")] string? Category,
    [FromQuery(Name = "claimant")] [property: Description("Id of the person who has claimed the case, or `me`.")] string? Claimant,
    [FromQuery(Name = "reporter")] [property: Description("Id of the person who reported the case, or `me`.")] string? Reporter,
    [FromQuery(Name = "text")] [property: Description("Part of the title or the detail, or the whole register number.")] string? Text,
    [FromQuery(Name = "from")] [property: Description("Reported at this time or later.")] DateTimeOffset? From,
    [FromQuery(Name = "to")] [property: Description("Reported before this time.")] DateTimeOffset? To,
    [FromQuery(Name = "closedFrom")] [property: Description("Closed at this time or later.")] DateTimeOffset? ClosedFrom,
    [FromQuery(Name = "closedTo")] [property: Description("Closed before this time.")] DateTimeOffset? ClosedTo,
    [FromQuery(Name = "overdue")] [property: Description("Only cases that are overdue.")] bool? Overdue,
    [FromQuery(Name = "limit")] [property: Description(Paging.LimitDescription)] int? Limit,
    [FromQuery(Name = "cursor")] [property: Description(Paging.CursorDescription)] string? Cursor
);
