using System.ComponentModel.DataAnnotations;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Storage.Leaves;

namespace GridActors.Web.Leaves;

/// <summary>How a leave stands.</summary>
public enum LeaveState
{
    Planned,
    Away,
    Ended,

    /// <summary>It was ended before it began.</summary>
    Cancelled,
}

/// <param name="Person">Whose leave it is; without it, the caller's.</param>
/// <param name="From">When it begins: a moment, or a day; without it, or when it is past, now.</param>
/// <param name="To">When the person is back: a moment, or the first day on which they are back.</param>
/// <param name="Deputy">Who stands in; without it, the holders of the post that the pack names as the deputy of the person's post.</param>
public sealed record NewLeaveRequest(string? Person, string? From, [property: Required] string? To, string? Deputy);

public sealed record DeputyJson(string Person, string Name);

/// <summary>Somebody's leave.</summary>
/// <param name="To">The first moment at which they are back.</param>
/// <param name="Deputies">Who stands in.</param>
/// <param name="ByPost">The deputies are the holders of a post, and not a person who was named.</param>
/// <param name="EndedBy">Who ended or cancelled it before its time; null when nobody did.</param>
/// <param name="MayEnd">Whether the caller may end it now, or cancel it.</param>
public sealed record LeaveJson(
    string Id,
    string Person,
    string PersonName,
    DateTimeOffset From,
    DateTimeOffset To,
    string State,
    IReadOnlyList<DeputyJson> Deputies,
    bool ByPost,
    string EnteredBy,
    string EnteredByName,
    DateTimeOffset EnteredAt,
    string? EndedBy,
    string? EndedByName,
    bool MayEnd
)
{
    public static LeaveJson Of(EnteredLeave entered, LoadedPack pack, PersonEntry caller, DateTimeOffset now)
    {
        var leave = entered.Leave;
        var state = StateOf(leave, now);
        var mayEnd =
            state is LeaveState.Planned or LeaveState.Away
            && pack.Person(leave.Person) is { } person
            && LeaveRules.MayEnter(caller, person);
        return new(
            leave.Id.ToString("N"),
            leave.Person.Id,
            pack.NameOf(leave.Person),
            leave.From,
            leave.To,
            ApiNames.Of(state),
            [.. Domain.Leaves.Deputies.Of(pack, leave).Select(d => new DeputyJson(d.Id, pack.NameOf(d)))],
            leave.Deputy is null,
            entered.By.Id,
            pack.NameOf(entered.By),
            entered.At,
            entered.EndedBy?.Id,
            entered.EndedBy is { } by ? pack.NameOf(by) : null,
            mayEnd
        );
    }

    static LeaveState StateOf(Leave leave, DateTimeOffset now) =>
        leave.From == leave.To ? LeaveState.Cancelled
        : now < leave.From ? LeaveState.Planned
        : now < leave.To ? LeaveState.Away
        : LeaveState.Ended;
}
