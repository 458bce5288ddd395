namespace GridActors.Web.Administration;

/// <summary>What a process that answers says.</summary>
public sealed record LivenessJson(string Status, string Version);

/// <summary>Whether a process can serve, and what it misses when it can't.</summary>
public sealed record ReadinessJson(string Status, string? Reason);
