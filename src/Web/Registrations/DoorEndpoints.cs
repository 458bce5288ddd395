using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Registrations;
using GridActors.Storage.Registrations;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using QRCoder;

namespace GridActors.Web.Registrations;

/// <summary>The printed codes by which residents apply.</summary>
static class DoorEndpoints
{
    public static void MapDoors(this IEndpointRouteBuilder registrations)
    {
        var doors = registrations.MapGroup("/doors").WithProblems(CaseRejections.NotFound, CaseRejections.NotYourArea);
        doors
            .MapGet("/", List)
            .WithName("listRegistrationDoors")
            .WithSummary("List the printed codes of an area and below; without one, of your own households' areas");
        doors
            .MapPost("/", Make)
            .WithName("makeRegistrationDoor")
            .WithSummary("Make a code to print, for an area or for a household's door")
            .WithDescription("What the code says is answered once, and isn't kept. For a post that may edit households there.")
            .WithProblems(Problem.InvalidRequest, RegistrationRejections.Off, CaseRejections.OutcomeUnknown);
        doors
            .MapDelete("/{door}", End)
            .WithName("endRegistrationDoor")
            .WithSummary("Let a printed code open nothing any more")
            .WithProblems(CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Ok<ListJson<DoorJson>>, ProblemHttpResult>> List(
        [Description("Code of the area.")] string? area,
        Caller caller,
        RegistrationDoors doors,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var (areas, problem) = RegistrationEndpoints.AreasOf(area, caller, context);
        if (areas is null)
            return problem!;
        var found = await doors.List([.. areas.Select(a => a.Id.Key)], cancellationToken);
        return TypedResults.Ok(new ListJson<DoorJson>([.. found.Select(d => Of(d, caller))], null));
    }

    static async Task<Results<Created<NewDoorJson>, ProblemHttpResult>> Make(
        MakeDoorRequest body,
        Caller caller,
        RegistrationDoors doors,
        RegistrationDoorkeeper keeper,
        GrainReferences<IHouseholdGrain> households,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        if (rules.Registration is null || keeper.CodesOf(caller.Pack.Pack.Id) is null)
            return Problem.Of(RegistrationRejections.Off, context);
        var fields = Fields.Of(context);
        var code = fields.Text("area", body.Area, 40);
        if (!fields.AreValid)
            return fields.Problem(context);
        var (areas, problem) = RegistrationEndpoints.AreasOf(code, caller, context);
        if (areas is null)
            return problem!;
        HouseholdView? household = null;
        if (body.Household is { Length: > 0 } door)
        {
            household = await HouseholdEndpoints.Find(door, caller, households, cancellationToken);
            if (household?.Area.Code != code)
                return Problem.Of(CaseRejections.NotFound, context);
        }
        var made = new RegistrationDoor(Guid.CreateVersion7(), caller.AreaId(code), household?.Id, clock.GetUtcNow(), caller.Id);
        var secret = RegistrationSecrets.New();
        await doors.Add(made, RegistrationSecrets.HashOf(secret), cancellationToken);
        return TypedResults.Created($"/api/registrations/doors/{made.Id:N}", Answer(made, secret, caller, context.Request));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> End(
        string door,
        Caller caller,
        RegistrationDoors doors,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            !Guid.TryParseExact(door, "N", out var id)
            || await doors.Find(id, cancellationToken) is not { } found
            || found.Area.Pack != caller.Pack.Pack.Id
        )
            return Problem.Of(CaseRejections.NotFound, context);
        var (areas, problem) = RegistrationEndpoints.AreasOf(found.Area.Code, caller, context);
        if (areas is null)
            return problem!;
        await doors.End(found.Id, clock.GetUtcNow(), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The code stands behind the #, which browsers send to nobody.</summary>
    static NewDoorJson Answer(RegistrationDoor door, string secret, Caller caller, HttpRequest request)
    {
        // Behind a proxy that ends TLS the service may not know its own scheme; the page that asks does.
        var isOwn =
            Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
        var address = $"{(isOwn ? origin!.Scheme : request.Scheme)}://{request.Host}{request.PathBase}/r#{secret}";
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        var svg = picture.GetGraphic(new System.Drawing.Size(240, 240), sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
        return new(Of(door, caller), secret, address, svg);
    }

    static DoorJson Of(RegistrationDoor door, Caller caller) =>
        new(
            door.Id.ToString("N"),
            door.Area.Code,
            HouseholdNames.AreaName(caller.Pack, door.Area.Code),
            door.Household?.ToString("N"),
            door.MadeAt,
            caller.Pack.NameOf(door.MadeBy)
        );
}
