using System.ComponentModel.DataAnnotations;
using GridActors.Domain.Packs;
using GridActors.Domain.Staff;
using GridActors.Storage.Staff;

namespace GridActors.Web.Staff;

/// <summary>How a change of posts and people stands.</summary>
public enum StaffChangeState
{
    /// <summary>Its day is still to come.</summary>
    Planned,

    /// <summary>It is in force.</summary>
    Made,
    Cancelled,

    /// <summary>It couldn't be made on its day; it is tried again with the next version of the pack.</summary>
    Failed,
}

/// <param name="Kind"><c>appoint</c>, <c>end</c> (one post) or <c>leave</c> (all posts).</param>
/// <param name="Person">The person's id.</param>
/// <param name="Name">For <c>appoint</c>, the name of somebody who isn't in the pack yet.</param>
/// <param name="Area">The area's code; not for <c>leave</c>.</param>
/// <param name="Post">The post's id; not for <c>leave</c>.</param>
/// <param name="Successor">
/// Who takes over the posts and the claims: the id of somebody in the pack. Without it, open cases go to whoever the pack names.
/// </param>
/// <param name="On">The first day on which it holds; without it, or with a day that is past, today.</param>
public sealed record NewStaffChangeRequest(
    [property: Required] string? Kind,
    [property: Required] string? Person,
    string? Name,
    string? Area,
    string? Post,
    string? Successor,
    DateOnly? On
);

/// <summary>A change of posts and people.</summary>
/// <param name="Area">Null for somebody who leaves.</param>
/// <param name="State"><c>planned</c>, <c>made</c>, <c>cancelled</c> or <c>failed</c>.</param>
/// <param name="Version">The version of the pack that it made; null while it isn't made.</param>
/// <param name="Failure">Why it couldn't be made.</param>
public sealed record StaffChangeJson(
    string Id,
    string Kind,
    string Person,
    string PersonName,
    string? Area,
    string? AreaName,
    string? Post,
    string? PostName,
    string? PostNameEn,
    string? Successor,
    string? SuccessorName,
    DateOnly On,
    string State,
    int? Version,
    string? Failure,
    string By,
    string ByName,
    DateTimeOffset At
)
{
    public static StaffChangeJson Of(EnteredStaffChange entered, LoadedPack pack)
    {
        var change = entered.Change;
        var post = pack.Pack.Posts.FirstOrDefault(p => p.Id == change.Post);
        return new(
            change.Id.ToString("N"),
            ApiNames.Of(change.Kind),
            change.Person,
            change.Name ?? pack.NameOf(new(pack.Pack.Id, change.Person)),
            change.Area,
            change.Area is null ? null : pack.Areas.GetValueOrDefault(change.Area)?.Name ?? change.Area,
            change.Post,
            post?.Name ?? change.Post,
            post?.NameEn ?? change.Post,
            change.Successor,
            change.Successor is null ? null : pack.NameOf(new(pack.Pack.Id, change.Successor)),
            change.On,
            ApiNames.Of(StateOf(entered)),
            entered.Version,
            entered.Failure,
            entered.By.Id,
            pack.NameOf(entered.By),
            entered.At
        );
    }

    static StaffChangeState StateOf(EnteredStaffChange entered) =>
        entered.AppliedAt is not null ? StaffChangeState.Made
        : entered.CancelledBy is not null ? StaffChangeState.Cancelled
        : entered.Failure is not null ? StaffChangeState.Failed
        : StaffChangeState.Planned;
}

/// <summary>A post that nobody holds in an area, though it is held in other areas of the level.</summary>
public sealed record VacancyJson(string Area, string AreaName, string Post, string PostName, string PostNameEn)
{
    public static VacancyJson Of(Vacancy vacancy) =>
        new(vacancy.Area.Code, vacancy.Area.Name, vacancy.Post.Id, vacancy.Post.Name, vacancy.Post.NameEn);
}

/// <param name="Total">How many there are in all.</param>
/// <param name="Items">The first 200.</param>
public sealed record VacanciesJson(int Total, IReadOnlyList<VacancyJson> Items);

public sealed record StaffPostJson(string Post, string Name, string NameEn, string Area, string AreaName);

/// <summary>What somebody would leave behind.</summary>
/// <param name="Claims">Open cases that they have claimed: a successor goes on with them, or they wait for a claim again.</param>
/// <param name="ToDos">Open cases that are offered to them, or in which they owe something.</param>
/// <param name="Tasks">Open cases in which they have a task.</param>
public sealed record StaffMemberJson(string Person, string Name, IReadOnlyList<StaffPostJson> Posts, int Claims, int ToDos, int Tasks)
{
    public static StaffMemberJson Of(PersonEntry person, OpenWork open) =>
        new(
            person.Id.Id,
            person.Name,
            [.. person.Posts.Select(p => new StaffPostJson(p.Post.Id, p.Post.Name, p.Post.NameEn, p.Area.Code, p.Area.Name))],
            open.Claims,
            open.ToDos,
            open.Tasks
        );
}
