using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Places;
using GridActors.Storage.Places;
using GridActors.Storage.Time;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Places;

/// <summary>Sends commands to places, and answers with what they say.</summary>
sealed class PlaceStepHandler(GrainReferences<IPlaceGrain> places, PlaceQueries queries, ServiceTime clock)
{
    /// <returns>Null where the place keeps no record of households.</returns>
    public (Fields Fields, HouseholdFieldReader Reader)? Reader(Caller caller, HttpContext context)
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return null;
        var fields = Fields.Of(context);
        return (fields, new(fields, rules, caller.Pack.Day(clock.GetUtcNow())));
    }

    public IReadOnlyList<VisitCutoff> Cutoffs(Caller caller) => PlaceListQuery.Cutoffs(caller.Pack, clock.GetUtcNow());

    public async Task<Results<Created<PlaceDetailsJson>, ProblemHttpResult>> Create(
        Guid id,
        CreatePlace command,
        WriteHeaders headers,
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var answer = await Submit(id, command with { Operation = headers.OperationOf(command.By, command) });
        if (answer is not { Rejection: null, Place: { } view })
            return Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
        return TypedResults.Created($"/api/places/{view.Id:N}", await Json(view, caller, context, cancellationToken));
    }

    public async Task<Results<Ok<PlaceDetailsJson>, ProblemHttpResult>> Take(
        string place,
        Func<Fields, HouseholdFieldReader, PlaceCommand> read,
        Caller caller,
        StepHeaders headers,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (Reader(caller, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var command = read(fields, reader);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(place, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        command = command with { Operation = headers.OperationOf(command.By, command) };
        if (headers.Versions() is { } versions)
            command = command with { IfVersions = [.. versions] };
        var answer = await Submit(id, command);
        return answer is { Rejection: null, Place: { } view }
            ? TypedResults.Ok(await Json(view, caller, context, cancellationToken))
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    /// <returns>Null when there is none, or the caller may not see it.</returns>
    public async Task<PlaceView?> Find(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
            return null;
        var actor = places.Of(guid);
        return (await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken)).Place;
    }

    public async Task<PlaceDetailsJson> Json(PlaceView view, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");
        var row = (await queries.Of([view.Id], cancellationToken)).Single();
        return PlaceDetailsJson.Of(view, row, caller, Cutoffs(caller));
    }

    /// <summary>The write isn't cancelled when the caller disconnects, because the caller has asked for it.</summary>
    public Task<PlaceAnswer> Submit(Guid id, PlaceCommand command)
    {
        var actor = places.Of(id);
        return ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
    }
}
