using System.ComponentModel.DataAnnotations;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Storage.Packs;

namespace GridActors.Web.Administration;

/// <summary>A version of the pack.</summary>
/// <param name="By">Who published it in the console; null when it was read from a folder.</param>
public sealed record PackVersionJson(int Number, DateTimeOffset At, string? By, string? ByName, string Note, bool InForce)
{
    public static PackVersionJson Of(PackVersion version, LoadedPack pack, int? inForce) =>
        new(
            version.Number,
            version.At,
            version.By?.Id,
            version.By is { } by ? pack.NameOf(by) : null,
            version.Note,
            version.Number == inForce
        );
}

/// <summary>What is being edited.</summary>
/// <param name="By">Who changed it last; null when it came from a folder that was changed while another version was in force.</param>
/// <param name="Changed">The files that differ from the version in force.</param>
public sealed record PackDraftJson(int Revision, DateTimeOffset At, string? By, string? ByName, IReadOnlyList<string> Changed)
{
    public static PackDraftJson Of(PackDraft draft, PackVersion current, LoadedPack pack) =>
        new(
            draft.Revision,
            draft.At,
            draft.By?.Id,
            draft.By is { } by ? pack.NameOf(by) : null,
            [.. draft.Files.Where(f => current.Files.GetValueOrDefault(f.Key) != f.Value).Select(f => f.Key).Order(StringComparer.Ordinal)]
        );
}

/// <param name="Version">The version in force.</param>
/// <param name="Draft">Null while nothing is being edited.</param>
public sealed record PackStateJson(PackVersionJson Version, PackDraftJson? Draft, IReadOnlyList<string> Files);

public sealed record PackFileJson(string File, string Text);

/// <param name="Revision">The draft that the editor has seen; 0 for none.</param>
public sealed record SavePackFileRequest(int Revision, [property: Required] string? File, [property: Required] string? Text);

/// <param name="Revision">The draft that the editor has seen; 0 for none.</param>
public sealed record PackDraftRequest(int Revision);

/// <param name="Revision">The draft that was checked.</param>
/// <param name="Version">The version in force with which it was compared.</param>
/// <param name="Note">What it changes, for the history.</param>
public sealed record PublishPackRequest(int Revision, int Version, string? Note);

/// <param name="Line">0 when the error has no line.</param>
public sealed record PackErrorJson(string File, int Line, string Message);

/// <param name="List">Where it stands: <c>categories</c>, <c>posts</c>, <c>holdings</c> …</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Fields">What of it differs.</param>
public sealed record PackChangeJson(string List, string Change, string Id, string Name, IReadOnlyList<string> Fields);

/// <summary>Whom a category would reach, over all areas.</summary>
/// <param name="FallsFrom">An area from which it would fall to the fallback post.</param>
/// <param name="Differing">In how many areas other people would be reached than now.</param>
public sealed record CategoryReachJson(
    string Category,
    string Name,
    string NameEn,
    int ByRules,
    int ByNextLevel,
    int ByFallback,
    string? FallsFrom,
    string? FallsFromName,
    int Differing
);

/// <summary>What would happen to open cases.</summary>
/// <param name="Rerouted">How many would go to other people.</param>
/// <param name="Earlier">How many would have something due earlier; they keep the terms under which they were opened.</param>
/// <param name="Overdue">How many would be overdue at once.</param>
public sealed record TouchedCasesJson(int Open, int Rerouted, int Earlier, int Later, int Overdue);

/// <param name="Errors">What makes the draft invalid; without any, it can be published.</param>
/// <param name="Conflict">Why open cases keep it from being published; null when they don't.</param>
/// <param name="Warnings">What it would do to what is kept of households.</param>
/// <param name="Cases">Null when the draft is invalid.</param>
public sealed record PackCheckJson(
    int Revision,
    int Version,
    IReadOnlyList<PackErrorJson> Errors,
    string? Conflict,
    IReadOnlyList<PackChangeJson> Changes,
    IReadOnlyList<CategoryReachJson> Reach,
    IReadOnlyList<PackWarningJson> Warnings,
    TouchedCasesJson? Cases
)
{
    public static PackErrorJson Of(PackError error) => new(error.File, error.Line, error.Message);

    public static PackChangeJson Of(PackPartChange change) =>
        new(change.List, change.Kind.ToString().ToLowerInvariant(), change.Id, change.Name, change.Fields);

    public static CategoryReachJson Of(CategoryReach reach) =>
        new(
            reach.Category.Code,
            reach.Category.Name,
            reach.Category.NameEn,
            reach.ByRules,
            reach.ByNextLevel,
            reach.ByFallback,
            reach.FallsFrom?.Code,
            reach.FallsFrom?.Name,
            reach.Differing
        );
}
