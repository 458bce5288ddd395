using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.GridCards;
using GridActors.Storage.Time;
using GridActors.Web.Problems;
using GridActors.Web.Registrations;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.GridCards;

/// <summary>
/// The codes that hang at doors and walls: listed for printing, made for a whole town at once, ended when one was torn off.
/// </summary>
static class CardCodeEndpoints
{
    const int MaxListed = 2000;

    public static void MapCardCodes(this IEndpointRouteBuilder routes)
    {
        var codes = routes
            .MapGroup("/api/grid-cards/codes")
            .RequireAuthorization()
            .WithTags("GridCards")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotFound, CaseRejections.NotYourArea, CaseRejections.Unavailable);
        codes
            .MapGet("/", List)
            .WithName("listCardCodes")
            .WithSummary("List the codes of an area and below, for printing")
            .WithDescription("For a post that administers there.");
        codes
            .MapPost("/", Make)
            .WithName("makeCardCodes")
            .WithSummary("Make codes for those areas that have none")
            .WithDescription("However often it is asked: a code that hangs somewhere stays.")
            .WithProblems(Problem.InvalidRequest, RegistrationRejections.Off, CaseRejections.OutcomeUnknown);
        codes
            .MapDelete("/{door}", End)
            .WithName("endCardCode")
            .WithSummary("Let a printed code open nothing any more")
            .WithProblems(CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Ok<CardCodesJson>, ProblemHttpResult>> List(
        [Description("Code of the area.")] string? area,
        Caller caller,
        CardCodes codes,
        RegistrationDoorkeeper doors,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (root, problem) = Printed(area, caller, context);
        return root is null ? problem! : TypedResults.Ok(await Answer(root, caller, codes, doors, cancellationToken));
    }

    static async Task<Results<Ok<CardCodesJson>, ProblemHttpResult>> Make(
        MakeCodesRequest body,
        Caller caller,
        CardCodes codes,
        ShownCards cards,
        RegistrationDoorkeeper doors,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var asked = fields.Text("area", body.Area, 40);
        if (!fields.AreValid)
            return fields.Problem(context);
        var (root, problem) = Printed(asked, caller, context);
        if (root is null)
            return problem!;
        var registers = body.Registers == true;
        if (registers && !doors.IsOn(caller.Pack))
            return Problem.Of(RegistrationRejections.Off, context);
        if (registers && !MayRegister(root, caller))
            return Problem.Of(CaseRejections.NotYourArea, context);
        IEnumerable<AreaNode> areas = body.Below == true ? Lowest(root) : [root];
        var now = clock.GetUtcNow();
        var made = areas
            .Select(a => new CardCode(Guid.CreateVersion7(), a.Id, RegistrationSecrets.New(), now, caller.Id, registers))
            .ToList();
        byte[][]? hashes = registers ? [.. made.Select(c => RegistrationSecrets.HashOf(c.Code))] : null;
        await codes.Add(root.Code, made, hashes, caller.Id, caller.Address, cancellationToken);
        cards.Forget();
        return TypedResults.Ok(await Answer(root, caller, codes, doors, cancellationToken));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> End(
        string door,
        Caller caller,
        CardCodes codes,
        ShownCards cards,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            !Guid.TryParseExact(door, "N", out var id)
            || await codes.Find(id, cancellationToken) is not { } found
            || found.Area.Pack != caller.Pack.Pack.Id
        )
            return Problem.Of(CaseRejections.NotFound, context);
        // The code of an area that the pack no longer has is ended by whoever administers the place.
        if (!MayPrint(caller, caller.Area(found.Area.Code) ?? caller.Pack.Root))
            return Problem.Of(CaseRejections.NotYourArea, context);
        await codes.End(found, clock.GetUtcNow(), caller.Id, caller.Address, cancellationToken);
        cards.Forget();
        return TypedResults.NoContent();
    }

    static async Task<CardCodesJson> Answer(
        AreaNode root,
        Caller caller,
        CardCodes codes,
        RegistrationDoorkeeper doors,
        CancellationToken cancellationToken
    )
    {
        var areas = root.Downwards().ToDictionary(a => a.Id);
        var found = await codes.List([.. areas.Keys.Select(a => a.Key)], cancellationToken);
        var withCode = found.Select(c => c.Area).ToHashSet();
        var isOn = doors.IsOn(caller.Pack);
        return new(
            found.Count,
            Lowest(root).Count(a => !withCode.Contains(a.Id)),
            isOn && MayRegister(root, caller),
            [
                .. found
                    .OrderBy(c => areas[c.Area].Left)
                    .Take(MaxListed)
                    .Select(c => new CardCodeJson(
                        c.Id.ToString("N"),
                        c.Area.Code,
                        areas[c.Area].Name,
                        CardReader.Within(areas[c.Area]),
                        c.Code,
                        c.MadeAt,
                        caller.Pack.NameOf(c.MadeBy),
                        c.Registers && isOn
                    )),
            ]
        );
    }

    static IEnumerable<AreaNode> Lowest(AreaNode root) => root.Downwards().Where(a => a.Children.Count == 0);

    static bool MayRegister(AreaNode root, Caller caller) => HouseholdAccess.Of(caller.Pack, caller.Id, root.Id, null).MayEdit;

    static (AreaNode? Area, ProblemHttpResult? Problem) Printed(string? code, Caller caller, HttpContext context) =>
        caller.Area(code) is not { } area ? (null, Problem.Of(CaseRejections.NotFound, context))
        : MayPrint(caller, area) ? (area, null)
        : (null, Problem.Of(CaseRejections.NotYourArea, context));

    static bool MayPrint(Caller caller, AreaNode area) => caller.Person.Over(area).Has(Permission.Administer);
}
