using GridActors.Storage.WorkerDays;

namespace GridActors.Web.WorkerDays;

/// <summary>Why an item was refused.</summary>
/// <param name="Fields">What is wrong, by the names of the fields.</param>
public sealed record ItemProblemJson(string Code, string Message, IReadOnlyDictionary<string, string> Fields);

/// <summary>What became of an item of a batch.</summary>
/// <param name="Id">As it was sent.</param>
/// <param name="Outcome"><c>taken</c>; <c>repeated</c>: it was known from an earlier attempt; <c>refused</c>: see the problem.</param>
/// <param name="Day">The day that it belongs to; null when it was refused.</param>
/// <param name="Late">The day was closed: it is a correction.</param>
/// <param name="Grade">How well it is proved; null for what isn't graded.</param>
/// <param name="Flags">Why it is doubted.</param>
public sealed record ItemAnswerJson(
    string? Id,
    string Outcome,
    DateOnly? Day,
    bool Late,
    string? Grade,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Flags,
    ItemProblemJson? Problem
)
{
    public const string Taken = "taken";
    public const string Repeated = "repeated";
    public const string WasRefused = "refused";

    public static ItemAnswerJson Refused(string? id, ItemProblemJson problem) => new(id, WasRefused, null, false, null, [], [], problem);

    internal static ItemAnswerJson Of(string? id, string outcome, FieldRecordRow row, bool isLate) =>
        new(
            id,
            outcome,
            row.Day,
            isLate,
            WorkerDayNames.Of(row.Grade),
            [.. row.Reasons.Select(WorkerDayNames.Of)],
            [.. row.Flags.Select(f => WorkerDayNames.Of(f.Kind))],
            null
        );

    internal static ItemAnswerJson Of(string? id, string outcome, JudgedRow row) =>
        new(
            id,
            outcome,
            row.Day,
            row.IsLate,
            WorkerDayNames.Of(row.Grade),
            [.. row.Reasons.Select(WorkerDayNames.Of)],
            [.. row.Flags.Select(WorkerDayNames.Of)],
            null
        );
}

/// <param name="Now">The clock of the service.</param>
/// <param name="Items">In the order of the request.</param>
public sealed record BatchAnswerJson(DateTimeOffset Now, IReadOnlyList<ItemAnswerJson> Items);
