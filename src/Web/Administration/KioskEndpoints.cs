using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Accounts;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Administration;

/// <param name="Name">Where the screen hangs, e.g. 一楼大厅.</param>
public sealed record NewKioskRequest([property: Required] string? Area, [property: Required] string? Name);

/// <param name="OpenedAt">When a browser took it over; null while its code waits.</param>
/// <param name="SeenAt">When it was last used, to a minute.</param>
public sealed record KioskJson(
    string Id,
    string Name,
    string Area,
    string AreaName,
    DateTimeOffset MadeAt,
    string MadeBy,
    string MadeByName,
    DateTimeOffset CodeExpiresAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? SeenAt,
    string Device,
    string Network,
    DateTimeOffset? EndedAt,
    string? EndedBy,
    string? EndedByName
);

/// <param name="Code">Shown once. It opens the kiosk once, within a day.</param>
public sealed record NewKioskJson(string Code, KioskJson Kiosk);

/// <summary>The wall screens of an area, for those whose post administers it.</summary>
public static class KioskEndpoints
{
    const int MaxName = 50;

    public static void MapKiosks(this IEndpointRouteBuilder routes)
    {
        var kiosks = routes
            .MapGroup("/api/admin/kiosks")
            .RequireAuthorization()
            .WithTags("Administration")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotPermitted);
        kiosks
            .MapGet("/", List)
            .WithName("listKiosks")
            .WithSummary("List the wall screens of the areas that you administer")
            .WithDescription("The newest first. Those that were ended are listed for 90 days.")
            .WithProblems(CaseRejections.Unavailable);
        kiosks
            .MapPost("/", Make)
            .WithName("makeKiosk")
            .WithSummary("Make a wall screen, and get the code that opens it once")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.OutcomeUnknown);
        kiosks
            .MapDelete("/{kiosk}", End)
            .WithName("endKiosk")
            .WithSummary("End a wall screen")
            .WithDescription("It is over on every process within a second.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Ok<ListJson<KioskJson>>, ProblemHttpResult>> List(
        Caller caller,
        Kiosks kiosks,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!caller.Person.Posts.Any(p => p.Post.May.Contains(Permission.Administer)))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var all = await kiosks.Of(caller.Pack.Pack.Id, cancellationToken);
        return TypedResults.Ok(
            new ListJson<KioskJson>([.. all.Where(k => Administers(caller, k)).Select(k => Json(k, caller.Pack))], null)
        );
    }

    static async Task<Results<Ok<NewKioskJson>, ProblemHttpResult>> Make(
        NewKioskRequest request,
        Caller caller,
        Kiosks kiosks,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var name = fields.Text("name", request.Name, MaxName);
        if (string.IsNullOrWhiteSpace(request.Area))
            fields.Wrong("area", "必填", "is needed");
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(request.Area) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Person.Over(area).Has(Permission.Administer))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var (kiosk, code) = await kiosks.Make(area.Id, name, caller.Id, caller.Address, cancellationToken);
        return TypedResults.Ok(new NewKioskJson(code, Json(kiosk, caller.Pack)));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> End(
        string kiosk,
        Caller caller,
        Kiosks kiosks,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            !Guid.TryParseExact(kiosk, "N", out var id)
            || (await kiosks.Of(caller.Pack.Pack.Id, cancellationToken)).FirstOrDefault(k => k.Id == id) is not { } known
        )
            return Problem.Of(CaseRejections.NotFound, context);
        if (!Administers(caller, known))
            return Problem.Of(CaseRejections.NotPermitted, context);
        return await kiosks.End(id, caller.Id, caller.Address, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Of(CaseRejections.NotFound, context);
    }

    /// <summary>An area that the pack doesn't have any more is left to those who administer all of it.</summary>
    static bool Administers(Caller caller, Kiosk kiosk) =>
        caller.Person.Over(caller.Area(kiosk.Area.Code) ?? caller.Pack.Root).Has(Permission.Administer);

    static KioskJson Json(Kiosk kiosk, LoadedPack pack) =>
        new(
            kiosk.Id.ToString("N"),
            kiosk.Name,
            kiosk.Area.Code,
            pack.Areas.GetValueOrDefault(kiosk.Area.Code)?.Name ?? kiosk.Area.Code,
            kiosk.MadeAt,
            kiosk.MadeBy.Id,
            pack.NameOf(kiosk.MadeBy),
            kiosk.CodeExpiresAt,
            kiosk.OpenedAt,
            kiosk.SeenAt,
            kiosk.Device,
            kiosk.Network,
            kiosk.EndedAt,
            kiosk.EndedBy?.Id,
            kiosk.EndedBy is { } by ? pack.NameOf(by) : null
        );
}
