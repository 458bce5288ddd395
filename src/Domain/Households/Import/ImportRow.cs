using System.Collections.Immutable;
using GridActors.Contracts.Households;

namespace GridActors.Domain.Households.Import;

/// <summary>Why a row isn't taken, or needs somebody to look at it: a code, and the column that it is about.</summary>
/// <param name="Column">What the sheet calls the column; empty when it is about the row.</param>
/// <param name="Other">The line that it is about as well; null for none.</param>
public sealed record RowError(string Column, string Code, int? Other = null);

/// <summary>A certificate as a row has it.</summary>
public sealed record RowCertificate(string Kind, DateOnly ExpiresOn);

/// <summary>
/// One resident of a sheet, with the values in the form in which they are kept. What the sheet leaves empty is absent: an import adds and
/// changes, and removes nothing.
/// </summary>
public sealed record ImportRow(int Sheet, int Line)
{
    /// <summary>The code of the household's area; null when the row says none.</summary>
    public string? Area { get; init; }
    public ImmutableSortedDictionary<string, string> Household { get; init; } = Facts.None;
    public ImmutableSortedDictionary<string, string> Resident { get; init; } = Facts.None;

    /// <summary>What the number of the certificate tells beside what the row has.</summary>
    public ImmutableSortedDictionary<string, string> Derived { get; init; } = Facts.None;
    public ResidentKind? Kind { get; init; }
    public string? Relation { get; init; }
    public string HeadName { get; init; } = "";
    public ImmutableArray<string> Groups { get; init; } = [];
    public ImmutableArray<string> Tags { get; init; } = [];
    public ImmutableArray<RowCertificate> Certificates { get; init; } = [];
    public ImmutableArray<RowError> Errors { get; init; } = [];

    /// <summary>The sheet doesn't say who belongs together: it can change residents who are registered, and register nobody.</summary>
    public bool IsLoose { get; init; }

    public bool IsHead => Relation == HouseholdRules.HeadRelation;
    public string Name => Resident.GetValueOrDefault(StandardFields.Name, "");
    public string IdNumber => Resident.GetValueOrDefault(StandardFields.IdNumber, "");
    public string BirthDate =>
        Resident.GetValueOrDefault(StandardFields.BirthDate) ?? Derived.GetValueOrDefault(StandardFields.BirthDate, "");
    public string Number => Household.GetValueOrDefault("number", "");

    public ImportRow Wrong(string code, string column = "", int? other = null) =>
        this with
        {
            Errors = Errors.Add(new(column, code, other)),
        };
}
