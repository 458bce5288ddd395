using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Domain.Registrations;
using GridActors.Storage.Households.Import;
using GridActors.Storage.Registrations;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using RegistrationResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Registrations.RegistrationJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Registrations;

/// <summary>Residents' applications, for the workers who decide about them.</summary>
static class RegistrationEndpoints
{
    const int MaxReason = 200;

    public static void MapRegistrations(this IEndpointRouteBuilder routes)
    {
        var registrations = routes
            .MapGroup("/api/registrations")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Registrations")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds, CaseRejections.Unavailable);
        registrations
            .MapGet("/", List)
            .WithName("listRegistrations")
            .WithSummary("List residents' applications, the oldest first")
            .WithDescription(
                "Without an area, those of the households that you are linked to; with one, all in it and below, where you may edit "
                    + "households."
            )
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.NotYourArea);
        registrations.MapDoors();
        var one = registrations.MapGroup("/{registration}").WithProblems(CaseRejections.NotFound);
        one.MapGet("/", Get)
            .WithName("getRegistration")
            .WithSummary("Get an application, with what the ledger makes of it")
            .WithDescription("Each resident is new, changed, unchanged, doubtful or wrong, as in an import. Personal values are masked.");
        var steps = one.WithProblems(
            Problem.InvalidRequest,
            RegistrationRejections.Decided,
            CaseRejections.KeyReused,
            CaseRejections.Busy,
            CaseRejections.OutcomeUnknown,
            CaseRejections.NewerVersion
        );
        steps
            .MapPost("/confirm", Confirm)
            .WithName("confirmRegistration")
            .WithSummary("Take an application into the ledger")
            .WithDescription(
                "Registers or corrects the household. Who is doubtful or wrong stays out; when that is everybody, it is refused."
            )
            .WithProblems(RegistrationRejections.Doubtful);
        steps
            .MapPost("/decline", Decline)
            .WithName("declineRegistration")
            .WithSummary("Don't take an application; the resident is told why");
    }

    static async Task<Results<Ok<ListJson<RegistrationItemJson>>, ProblemHttpResult>> List(
        [Description("Code of the area; without it, your own households.")] string? area,
        [Description("Only `waiting`, `confirmed`, `declined` or `erased` ones; `waiting` by default.")] string? state,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        RegistrationQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var after))
            Paging.Wrong(fields);
        var status = state is null ? RegistrationStatus.Waiting : RegistrationNames.Status(state);
        if (status is null)
            fields.Wrong("state", "应为 waiting、confirmed、declined 或 erased", "must be waiting, confirmed, declined or erased");
        if (!fields.AreValid)
            return fields.Problem(context);
        var (areas, problem) = AreasOf(area, caller, context);
        if (areas is null)
            return problem!;
        var size = Paging.Limit(limit);
        var rows = await queries.List([.. areas.Select(a => a.Id.Key)], status!.Value, after, size + 1, cancellationToken);
        return TypedResults.Ok(Paging.Page(rows, size, r => (r.SubmittedAt, r.Id), r => RegistrationItemJson.Of(r, caller)));
    }

    static async Task<RegistrationResult> Get(
        string registration,
        Caller caller,
        GrainReferences<IRegistrationGrain> registrations,
        RegisteredHouseholds registered,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await Find(registration, caller, registrations, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var (result, known) = await Compare(view, caller, registered, cancellationToken);
        return TypedResults.Ok(RegistrationJson.Of(view, result, known, caller, Problem.IsEnglish(context)));
    }

    static async Task<RegistrationResult> Confirm(
        string registration,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IRegistrationGrain> registrations,
        GrainReferences<IHouseholdGrain> households,
        RegisteredHouseholds registered,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await Find(registration, caller, registrations, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var (result, known) = await Compare(view, caller, registered, cancellationToken);
        if (view.IsWaiting)
        {
            if ((result.Plan?.Household ?? known) is not { } household || result.Rows.All(r => !r.Reasons.IsEmpty))
                return Problem.Of(RegistrationRejections.Doubtful, context);
            // The household is written first: should this stop in between, confirming again finds it unchanged.
            if (result.Plan is { } plan && await Apply(view, plan, caller, households) is { } refused)
                return Problem.Of(refused, context);
            known = household;
        }
        var command = new ConfirmRegistration { By = caller.Id, Household = known ?? view.Household ?? default };
        return await Take(
            view.Id,
            command with
            {
                Operation = headers.OperationOf(caller.Id, "confirm"),
            },
            result,
            known,
            caller,
            registrations,
            context
        );
    }

    static async Task<RegistrationResult> Decline(
        string registration,
        DeclineRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IRegistrationGrain> registrations,
        RegisteredHouseholds registered,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var command = new DeclineRegistration { By = caller.Id, Reason = fields.Text("reason", body.Reason, MaxReason) };
        if (!fields.AreValid)
            return fields.Problem(context);
        if (await Find(registration, caller, registrations, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var (result, known) = await Compare(view, caller, registered, cancellationToken);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        return await Take(view.Id, command, result, known, caller, registrations, context);
    }

    /// <returns>Why it was refused; null when all is done.</returns>
    static async Task<string?> Apply(RegistrationView view, HouseholdPlan plan, Caller caller, GrainReferences<IHouseholdGrain> households)
    {
        var actor = households.Of(plan.Household);
        foreach (var command in new PlanCommands(view.Id, caller.Id).Apply(plan))
            if ((await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None)).Rejection is { } refused)
                return refused;
        return null;
    }

    static async Task<RegistrationResult> Take(
        Guid id,
        RegistrationCommand command,
        GroupResult result,
        Guid? known,
        Caller caller,
        GrainReferences<IRegistrationGrain> registrations,
        HttpContext context
    )
    {
        var actor = registrations.Of(id);
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        return answer is { Rejection: null, Registration: { } view }
            ? TypedResults.Ok(RegistrationJson.Of(view, result, known, caller, Problem.IsEnglish(context)))
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    /// <summary>Compares it with the households of its area, and with all that the caller may read for numbers of certificates.</summary>
    static async Task<(GroupResult Result, Guid? Known)> Compare(
        RegistrationView view,
        Caller caller,
        RegisteredHouseholds registered,
        CancellationToken cancellationToken
    )
    {
        var readable = caller.Pack.Areas.Values.Where(a => caller.Person.Over(a).Has(Permission.ReadHouseholds)).Select(a => a.Id.Key);
        var numbers = view.Residents.Select(r => r.Fields.GetValueOrDefault(StandardFields.IdNumber)).OfType<string>();
        var known = await registered.Read(caller.Pack.Pack.Id, [view.Area.Key], [.. numbers], [.. readable], cancellationToken);
        return RegistrationComparison.Of(view, caller.Pack.Pack.Households!, known);
    }

    static async Task<RegistrationView?> Find(
        string id,
        Caller caller,
        GrainReferences<IRegistrationGrain> registrations,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
            return null;
        var actor = registrations.Of(guid);
        return (await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken)).Registration;
    }

    /// <returns>The areas of which the caller decides applications, or why there are none.</returns>
    internal static (IReadOnlyList<AreaNode>? Areas, ProblemHttpResult? Problem) AreasOf(string? code, Caller caller, HttpContext context)
    {
        if (code is null)
            return ([.. caller.Pack.LinkedTo(caller.Id).Where(MayEdit)], null);
        if (caller.Area(code) is not { } under)
            return (null, Problem.Of(CaseRejections.NotFound, context));
        return MayEdit(under) ? ([.. under.Downwards()], null) : (null, Problem.Of(CaseRejections.NotYourArea, context));

        bool MayEdit(AreaNode area) => HouseholdAccess.Of(caller.Pack, caller.Id, area.Id, null).MayEdit;
    }
}
