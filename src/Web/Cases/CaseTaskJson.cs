using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Web.Cases;

/// <summary>A consultation about a case, in short.</summary>
/// <param name="DueAt">By when the opinions are owed.</param>
/// <param name="Parties">How many parties were invited.</param>
/// <param name="Given">How many have given their opinion.</param>
/// <param name="Decision">Null while nothing is decided.</param>
public sealed record CaseConsultationJson(
    string Id,
    string Number,
    DateTimeOffset At,
    string By,
    string ByName,
    string Reason,
    DateTimeOffset? DueAt,
    int Parties,
    int Given,
    DateTimeOffset? DecidedAt,
    string? DecidedByName,
    string? Decision
)
{
    public static CaseConsultationJson Of(CaseConsultation called, LoadedPack pack) =>
        new(
            called.Id.ToString("N"),
            called.Number,
            called.At,
            called.By.Id,
            pack.NameOf(called.By),
            called.Reason,
            called.DueAt,
            called.Parties.Length,
            called.Given.Length,
            called.DecidedAt,
            called.DecidedBy is { } by ? pack.NameOf(by) : null,
            called.DecidedAt is null ? null : called.Decision
        );
}

/// <summary>A ledger on which a case waits for the meeting of an area.</summary>
public sealed record LedgerItemJson(string Area, string AreaName, DateTimeOffset At, string By, string ByName, string Reason)
{
    public static LedgerItemJson Of(LedgerItem item, LoadedPack pack) =>
        new(
            item.Area.Code,
            pack.Areas.GetValueOrDefault(item.Area.Code)?.Name ?? item.Area.Code,
            item.At,
            item.By.Id,
            pack.NameOf(item.By),
            item.Reason
        );
}

/// <summary>A task that a decision about a case gave.</summary>
/// <param name="Source">The number of the consultation or the meeting that decided it.</param>
/// <param name="Post">The post whose holders own it; null when it was given to a person.</param>
/// <param name="Owners">The ids of those who own it; whoever holds the post now may finish it, too.</param>
/// <param name="Overdue">Its time is over, and it isn't finished.</param>
/// <param name="Done">Whether it was done; null while it isn't finished.</param>
public sealed record CaseTaskJson(
    int Number,
    string Source,
    string Text,
    string? Post,
    string? PostName,
    string? PostNameEn,
    IReadOnlyList<string> Owners,
    IReadOnlyList<string> OwnerNames,
    string Term,
    DateTimeOffset DueAt,
    bool Provisional,
    bool Overdue,
    DateTimeOffset? FinishedAt,
    string? FinishedByName,
    bool? Done,
    string? Note
)
{
    /// <param name="now">Null for what is said right after the case's last step.</param>
    public static CaseTaskJson Of(CaseTask task, LoadedPack pack, DateTimeOffset? now)
    {
        var assigned = task.Assigned;
        var post = assigned.Post is { } id ? pack.Pack.Posts.FirstOrDefault(p => p.Id == id) : null;
        return new(
            task.Number,
            task.Source,
            assigned.Text,
            assigned.Post,
            post?.Name ?? assigned.Post,
            post?.NameEn ?? assigned.Post,
            [.. assigned.Owners.Select(p => p.Id)],
            [.. assigned.Owners.Select(pack.NameOf)],
            assigned.Term,
            assigned.DueAt,
            assigned.Provisional,
            task.IsOpen && (task.BreachedAt is not null || assigned.DueAt <= now),
            task.FinishedAt,
            task.FinishedBy is { } by ? pack.NameOf(by) : null,
            task.IsOpen ? null : task.IsDone,
            task.IsOpen ? null : task.Note
        );
    }
}
