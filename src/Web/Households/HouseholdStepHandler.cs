using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Storage.Households;
using GridActors.Storage.Time;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Households;

/// <summary>Sends commands to households, and answers with what they say.</summary>
sealed class HouseholdStepHandler(GrainReferences<IHouseholdGrain> households, DuplicateResidents duplicates, ServiceTime clock)
{
    /// <returns>Null where the place keeps no record of households.</returns>
    public (Fields Fields, HouseholdFieldReader Reader)? Reader(Caller caller, HttpContext context)
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return null;
        var fields = Fields.Of(context);
        return (fields, new(fields, rules, caller.Pack.Day(clock.GetUtcNow())));
    }

    public async Task<Results<Created<HouseholdJson>, ProblemHttpResult>> Create(
        Guid id,
        CreateHousehold command,
        WriteHeaders headers,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var answer = await Submit(id, command with { Operation = headers.OperationOf(command.By, command) });
        if (answer is not { Rejection: null, Household: { } view })
            return Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
        SetEtag(context, view);
        var json = HouseholdJson.Of(view, caller, Today(caller)) with
        {
            Doubts = await Doubts(view, [.. command.Residents.Select(r => r.Id)], caller, cancellationToken),
        };
        return TypedResults.Created($"/api/households/{view.Id:N}", json);
    }

    public async Task<Results<Ok<HouseholdJson>, ProblemHttpResult>> Take(
        string household,
        Func<Fields, HouseholdFieldReader, HouseholdCommand> read,
        Caller caller,
        StepHeaders headers,
        HttpContext context
    )
    {
        if (Reader(caller, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var command = read(fields, reader);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(household, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        command = command with { Operation = headers.OperationOf(command.By, command) };
        if (headers.Versions() is { } versions)
            command = command with { IfVersions = [.. versions] };
        var answer = await Submit(id, command);
        return answer is { Rejection: null, Household: { } view }
            ? Shown(view, caller, context)
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    /// <summary>Answers the household to which somebody was added, with those who may be registered already.</summary>
    public async Task<Results<Ok<HouseholdJson>, ProblemHttpResult>> Added(
        Results<Ok<HouseholdJson>, ProblemHttpResult> result,
        Guid resident,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (result.Result is not Ok<HouseholdJson> { Value: { } json })
            return result;
        if (await Find(json.Id, caller, cancellationToken) is not { } view)
            return result;
        return TypedResults.Ok(json with { Doubts = await Doubts(view, [resident], caller, cancellationToken) });
    }

    async Task<IReadOnlyList<DoubtJson>> Doubts(
        HouseholdView view,
        IReadOnlyCollection<Guid> residents,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var pairs = await duplicates.Of(view, residents, cancellationToken);
        return [.. pairs.Where(p => Likenesses.IsTold(p, caller)).Select(p => Likenesses.DoubtOf(p, caller))];
    }

    /// <summary>Answers the household that residents went over to, when they have.</summary>
    public async Task<Results<Ok<HouseholdJson>, ProblemHttpResult>> Other(
        Results<Ok<HouseholdJson>, ProblemHttpResult> result,
        Guid other,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (result.Result is not Ok<HouseholdJson>)
            return result;
        var view = await Find(other.ToString("N"), caller, cancellationToken);
        return view is null ? result : Shown(view, caller, context);
    }

    /// <returns>Null when there is none, or the caller may not see it.</returns>
    public Task<HouseholdView?> Find(string id, Caller caller, CancellationToken cancellationToken) =>
        HouseholdEndpoints.Find(id, caller, households, cancellationToken);

    public Ok<HouseholdJson> Shown(HouseholdView view, Caller caller, HttpContext context)
    {
        SetEtag(context, view);
        return TypedResults.Ok(HouseholdJson.Of(view, caller, Today(caller)));
    }

    /// <summary>The write isn't cancelled when the caller disconnects, because the caller has asked for it.</summary>
    public Task<HouseholdAnswer> Submit(Guid id, HouseholdCommand command)
    {
        var actor = households.Of(id);
        return ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
    }

    DateOnly Today(Caller caller) => caller.Pack.Day(clock.GetUtcNow());

    static void SetEtag(HttpContext context, HouseholdView view) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");
}
