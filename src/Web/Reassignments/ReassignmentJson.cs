using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Reassignments;
using GridActors.Domain.Packs;
using GridActors.Domain.Reassignments;
using GridActors.Storage.Households;
using GridActors.Storage.Reassignments;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Reassignments;

/// <param name="Gone">The pack no longer has it.</param>
/// <param name="Beyond">Of the households, those whose dwelling went to another area, or lies within the border of one.</param>
public sealed record ChangedAreaJson(
    string Area,
    string AreaName,
    bool Gone,
    int Households,
    IReadOnlyList<SuccessorJson> Successors,
    int Beyond
);

public sealed record SuccessorJson(string Area, string AreaName);

/// <summary>Households whose address or door has a text go to an area.</summary>
public sealed record AddressRuleRequest([property: Required] string? Text, [property: Required] string? To);

/// <param name="From">The code of the area, which may be gone.</param>
/// <param name="Rules">The first one that matches counts.</param>
public sealed record ProposalRequest([property: Required] string? From, IReadOnlyList<AddressRuleRequest>? Rules);

/// <summary>A household, and where it should go.</summary>
/// <param name="To">Null when nothing says where it should go.</param>
/// <param name="Reason"><c>only-successor</c>, <c>address</c>, <c>dwelling</c> or <c>border</c>; null without a proposal.</param>
public sealed record ProposedMoveJson(HouseholdItemJson Household, string? To, string? ToName, string? Reason)
{
    public static ProposedMoveJson Of(HouseholdRow row, ProposedMove? move, Caller caller) =>
        new(
            HouseholdItemJson.Of(row, caller),
            move?.To.Code,
            move?.To.Name,
            move?.Reason switch
            {
                ProposalReason.OnlySuccessor => "only-successor",
                ProposalReason.Address => "address",
                ProposalReason.Dwelling => "dwelling",
                ProposalReason.Border => "border",
                _ => null,
            }
        );
}

/// <summary>The households that go to one area.</summary>
/// <param name="Households">Their ids.</param>
public sealed record ReassignRequest([property: Required] string? To, [property: Required] IReadOnlyList<string>? Households);

/// <param name="Moves">A household goes to one area.</param>
public sealed record ReassignmentRequest([property: Required] IReadOnlyList<ReassignRequest>? Moves);

public sealed record ReassignmentPartJson(string From, string FromName, string To, string ToName, int Households);

/// <summary>Households that go to other areas in one step.</summary>
/// <param name="By">Null when the service carried them along with their area.</param>
/// <param name="State"><c>applying</c>, <c>applied</c>, <c>undoing</c> or <c>undone</c>.</param>
/// <param name="Done">How many are done, of <paramref name="Total"/>.</param>
/// <param name="LeftOut">The ids of those that stayed, because somebody had changed their area, or they couldn't be moved.</param>
/// <param name="UndoUntil">Until when the whole can be undone; null when it can't.</param>
public sealed record ReassignmentJson(
    string Id,
    string? By,
    string ByName,
    DateTimeOffset At,
    string State,
    int Total,
    int Done,
    IReadOnlyList<ReassignmentPartJson> Parts,
    IReadOnlyList<string> LeftOut,
    DateTimeOffset? AppliedAt,
    DateTimeOffset? UndoUntil,
    DateTimeOffset? UndoneAt,
    string? UndoneByName
)
{
    public static ReassignmentJson Of(ListedReassignment r, LoadedPack pack, DateTimeOffset now)
    {
        var undoUntil = r.Status == ReassignmentStatus.Applied ? r.AppliedAt + ReassignmentDecider.UndoWithin : null;
        return new(
            r.Id.ToString("N"),
            pack.People.ContainsKey(r.By.Id) ? r.By.Id : null,
            pack.NameOf(r.By),
            r.At,
            NameOf(r.Status),
            r.Total,
            r.Done,
            [
                .. r.Parts.Select(p => new ReassignmentPartJson(
                    p.From,
                    HouseholdNames.AreaName(pack, p.From),
                    p.To,
                    HouseholdNames.AreaName(pack, p.To),
                    p.Households
                )),
            ],
            [.. r.LeftOut.Select(h => h.ToString("N"))],
            r.AppliedAt,
            undoUntil > now ? undoUntil : null,
            r.UndoneAt,
            r.UndoneBy is { } by ? pack.NameOf(by) : null
        );
    }

    static string NameOf(ReassignmentStatus status) =>
        status switch
        {
            ReassignmentStatus.Applied => "applied",
            ReassignmentStatus.Undoing => "undoing",
            ReassignmentStatus.Undone => "undone",
            _ => "applying",
        };
}
