using GridActors.Web.Problems;

namespace GridActors.Web.Cases;

public sealed record ReportRequest(string? Category, string? Area, PositionJson? Position, string? Title, string? Detail, IReadOnlyList<string>? Photos, string? Solved);
public sealed record ReasonRequest(string? Reason);
public sealed record HandOverRequest(string? To, string? Reason);
public sealed record TextRequest(string? Text);
public sealed record TextAndPhotosRequest(string? Text, IReadOnlyList<string>? Photos);
public sealed record TransferRequest(string? Department, string? Reason);
public sealed record CloseRequest(int? Rating, string? Text);
