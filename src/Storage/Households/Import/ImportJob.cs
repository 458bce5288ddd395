using GridActors.Contracts.People;

namespace GridActors.Storage.Households.Import;

/// <summary>How far an import is. The numbers are stored.</summary>
public enum ImportState : short
{
    Waiting = 0,

    /// <summary>A process compares it with what is registered, or has died while it did: then another one begins again.</summary>
    Checking = 1,

    /// <summary>What it would do can be looked at. Nothing is done yet.</summary>
    Checked = 2,

    /// <summary>A process does it, or another one carries on.</summary>
    Applying = 3,
    Applied = 4,
    Undoing = 5,
    Undone = 6,

    /// <summary>The file can't be read as a sheet of households.</summary>
    Refused = 7,
    Failed = 8,
}

/// <param name="Area">The code of the area in which its households are.</param>
/// <param name="Done">How many households are done, of <paramref name="Total"/>; null until that is known.</param>
/// <param name="Refusal">Why the file was refused; null otherwise.</param>
/// <param name="Counts">How many rows are new, changed, unchanged, doubtful and wrong.</param>
public sealed record ImportJob(
    Guid Id,
    PersonId By,
    string Area,
    DateTimeOffset AskedAt,
    ImportState State,
    int Done,
    int? Total,
    string? Refusal,
    int[] Counts,
    DateTimeOffset? AppliedAt
);
