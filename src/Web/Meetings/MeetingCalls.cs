using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Meetings;
using GridActors.Storage.Meetings;
using GridActors.Storage.Time;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Meetings;

/// <summary>Sends commands and questions to the actors of meetings, and turns their answers into HTTP answers.</summary>
public sealed class MeetingCalls(GrainReferences<IMeetingGrain> meetings, MeetingQueries queries, ServiceTime clock)
{
    public async Task<Results<Ok<MeetingJson>, ProblemHttpResult>> Get(string id, Caller caller, HttpContext context)
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = meetings.Of(guid);
        return await Answered(await ActorCalls.Call(token => actor.Get(caller.Id, token), context.RequestAborted), caller, context);
    }

    public async Task<Results<Ok<MeetingJson>, ProblemHttpResult>> Submit(
        string id,
        MeetingCommand command,
        Fields fields,
        WriteHeaders headers,
        Caller caller,
        HttpContext context
    )
    {
        if (!fields.AreValid)
            return fields.Problem(context);
        return Guid.TryParseExact(id, "N", out var guid)
            ? await Submit(guid, command, headers, caller, context)
            : Problem.Of(CaseRejections.NotFound, context);
    }

    public async Task<Results<Ok<MeetingJson>, ProblemHttpResult>> Submit(
        Guid id,
        MeetingCommand command,
        WriteHeaders headers,
        Caller caller,
        HttpContext context
    )
    {
        var actor = meetings.Of(id);
        command = command with { Operation = headers.OperationOf(command.By, command) };
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        return await Answered(await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None), caller, context);
    }

    async Task<Results<Ok<MeetingJson>, ProblemHttpResult>> Answered(MeetingAnswer answer, Caller caller, HttpContext context)
    {
        if (answer.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        var cases = await queries.Cases(answer.Meeting!.Agenda, context.RequestAborted);
        return TypedResults.Ok(MeetingJson.Of(answer, cases, caller.Pack, clock.GetUtcNow()));
    }
}
