using GridActors.Contracts.Surveys;
using GridActors.Storage.Journal;

namespace GridActors.Storage.Surveys;

/// <summary>The event that a command appends to a survey, with the survey after it.</summary>
public sealed class SurveyEntry : JournalEntry
{
    public required SurveyView Survey { get; init; }

    public static string StreamOf(Guid id) => string.Concat("survey/", id.ToString("N"));
}

/// <summary>The event that a command appends to an answer sheet, with its row, which is sealed already.</summary>
public sealed class SheetEntry : JournalEntry
{
    public required SheetView Sheet { get; init; }

    /// <summary>Sealed.</summary>
    public required byte[] Answers { get; init; }

    /// <summary>What the counts of the area change by.</summary>
    public required IReadOnlyList<CountChange> Changes { get; init; }

    public static string StreamOf(Guid id) => string.Concat("sheet/", id.ToString("N"));
}

/// <param name="Area">The key of the area in which it is counted.</param>
/// <param name="Total">Of a number, by how much the sum changes.</param>
public readonly record struct CountChange(string Area, string Question, string Choice, int Count, decimal Total);
