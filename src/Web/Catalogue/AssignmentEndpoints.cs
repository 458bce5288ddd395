using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Catalogue;

/// <param name="Post">The post by which they are reached.</param>
public sealed record AssigneeJson(
    string Person,
    string Name,
    string Post,
    string PostName,
    string PostNameEn,
    string Area,
    string AreaName
);

/// <summary>Whom a category reaches from an area.</summary>
/// <param name="By">
/// <c>rules</c>: the category's rules find them; <c>next-level</c>: all posts that these name are vacant; <c>fallback</c>: nobody is found,
/// so the pack's fallback post has it.
/// </param>
/// <param name="People">Empty for a confidential category, unless the caller administers the pack.</param>
public sealed record AssignmentJson(string Category, string By, IReadOnlyList<AssigneeJson> People);

/// <summary>The assignment list: who is reached by what, from an area.</summary>
public static class AssignmentEndpoints
{
    public static void MapAssignments(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/catalogue/assignments", List)
            .RequireAuthorization()
            .WithTags("Catalogue")
            .WithName("listAssignments")
            .WithSummary("List whom each category reaches from an area")
            .WithDescription("By the posts as they are held, and whoever is on duty, now. Deputies of people on leave aren't in it.")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotFound, CaseRejections.NotYourArea);

    static Results<Ok<ListJson<AssignmentJson>>, ProblemHttpResult> List(
        [Description("Code of the area; by default the caller's home.")] string? area,
        Caller caller,
        ServiceTime clock,
        HttpContext context
    )
    {
        var place = area is null ? caller.Person.Home : caller.Area(area);
        if (place is null)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(place))
            return Problem.Of(CaseRejections.NotYourArea, context);
        var (pack, now) = (caller.Pack, clock.GetUtcNow());
        var administers = caller.Person.Over(pack.Root).Has(Permission.Administer);
        return TypedResults.Ok(
            new ListJson<AssignmentJson>(
                [
                    .. pack.Pack.Categories.Select(c => new AssignmentJson(
                        c.Code,
                        By(pack, c, place, now),
                        c.Confidential && !administers
                            ? []
                            : [.. pack.Recipients(c, place, now).Select(p => Of(pack, p, place)).OfType<AssigneeJson>()]
                    )),
                ],
                null
            )
        );
    }

    static string By(LoadedPack pack, Category category, AreaNode area, DateTimeOffset at) =>
        pack.NearestHolders(category, area, at).Any() ? "rules"
        : pack.NextLevel(category, area) is not null ? "next-level"
        : "fallback";

    static AssigneeJson? Of(LoadedPack pack, PersonId id, AreaNode place)
    {
        if (pack.Person(id) is not { Posts.Count: > 0 } person)
            return null;
        var (post, area) = person.PostOver(place) ?? person.Posts[0];
        return new(id.Id, person.Name, post.Id, post.Name, post.NameEn, area.Code, area.Name);
    }
}
