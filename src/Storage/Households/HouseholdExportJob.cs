using GridActors.Contracts.People;
using GridActors.Storage.Cases;

namespace GridActors.Storage.Households;

/// <summary>A file of households that is written in the background.</summary>
/// <param name="Area">The code of the area that was asked for, with everything below it.</param>
/// <param name="Purpose">For what values are in clear; null when everything is masked.</param>
/// <param name="Fields">Which fields are in clear.</param>
/// <param name="Total">How many residents it will have; null until they are counted.</param>
/// <param name="Name">The name and the size of the file; null until it is done.</param>
public sealed record HouseholdExportJob(
    Guid Id,
    PersonId By,
    string Area,
    bool IsEnglish,
    string? Purpose,
    IReadOnlyList<string> Fields,
    DateTimeOffset AskedAt,
    ExportState State,
    int Written,
    int? Total,
    string? Name,
    long? Bytes
);
