namespace GridActors.Cluster.Tests;

/// <summary>The build that upgrades are tested from. <c>./gridactors test</c> makes it of the version in the file previous-build.</summary>
static class PreviousBuild
{
    /// <summary>Null when there is none.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("GRIDACTORS_PREVIOUS_BUILD") is { Length: > 0 } folder ? folder : null;

    /// <summary>The test packs of that version, with which both run: it may not be able to read those of this version.</summary>
    public static string Packs =>
        Path.Combine(Folder ?? "", "..", "packs") is var packs && Directory.Exists(packs) ? packs : TestPacks.Folder;
}

/// <summary>A test that needs the previous build, and is skipped without it.</summary>
sealed class PreviousBuildFactAttribute : FactAttribute
{
    public PreviousBuildFactAttribute() =>
        Skip = PreviousBuild.Folder is null
            ? "GRIDACTORS_PREVIOUS_BUILD names no build; ./gridactors test makes one where the clone has the commit."
            : null;
}
