using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Outbox;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Webhooks;

/// <summary>A message to another system, or a notice that a robot tells its group.</summary>
/// <param name="Id">The <c>webhook-id</c> by which the receiver knows it; robots send none.</param>
/// <param name="System">The system's id in the pack; <c>robot/</c> and the robot's id of a notice.</param>
/// <param name="Kind">
/// <c>case.forwarded</c> or <c>case.withdrawn</c>; of a notice <c>robot.breached</c>, <c>robot.warned</c>, <c>robot.escalated</c>,
/// <c>robot.supervised</c>, <c>robot.consulted</c>, or <c>robot.late</c> for what happened while the service was down.
/// </param>
/// <param name="Case">Null of a confidential case that doesn't concern the caller.</param>
/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>failed</c>.</param>
/// <param name="NextAt">When it is sent again; null when it isn't.</param>
/// <param name="Error">
/// Why the last attempt failed: <c>http-503</c> and other statuses, <c>timeout</c>, <c>connection</c>, <c>name-not-resolved</c>,
/// <c>tls</c>, <c>address-not-allowed</c>, <c>robot-45009</c> and other codes of WeCom, <c>robot-answer</c> for an answer without a code,
/// or <c>not-configured</c> while the settings don't say where the system is or which key the robot has.
/// </param>
public sealed record OutboxMessageJson(
    string Id,
    string System,
    string SystemName,
    string SystemNameEn,
    string Kind,
    string? Case,
    string? Number,
    string State,
    DateTimeOffset CreatedAt,
    int Attempts,
    DateTimeOffset? AttemptedAt,
    DateTimeOffset? NextAt,
    DateTimeOffset? SentAt,
    string? Error
);

/// <summary>What was sent to other systems, what waits and what failed.</summary>
static class OutboxEndpoints
{
    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        var outbox = routes
            .MapGroup("/api/outbox")
            .RequireAuthorization()
            .WithTags("Webhooks")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotPermitted, CaseRejections.Unavailable);
        outbox
            .MapGet("/", List)
            .WithName("listOutbox")
            .WithSummary("List the messages to other systems and to groups")
            .WithDescription("The newest first. For posts that may forward or administer all of the pack.")
            .WithProblems(Problem.InvalidRequest);
        outbox
            .MapPost("/{message}/send", Send)
            .WithName("sendOutboxMessage")
            .WithSummary("Send a message again, from the beginning of the schedule")
            .WithDescription("It keeps its `webhook-id`, so that a receiver that has it already can tell.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Ok<ListJson<OutboxMessageJson>>, ProblemHttpResult>> List(
        [Description("Only messages that stand so: `waiting`, `sent` or `failed`.")] string? state,
        [Description("Only messages to these: `systems` or `robots`.")] string? to,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        Outbox outbox,
        WebhookTargets targets,
        RobotTargets robots,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!MaySee(caller))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var before))
            Paging.Wrong(fields);
        var wanted = fields.Filter("state", state);
        var only = Enum.GetValues<MessageState>().Cast<MessageState?>().FirstOrDefault(s => ApiNames.Of(s!.Value) == wanted);
        if (wanted is not null && only is null)
            fields.Wrong("state", "没有这个状态", "is no state of a message");
        var receivers = fields.Filter("to", to);
        if (receivers is not (null or "systems" or "robots"))
            fields.Wrong("to", "应为 systems 或 robots", "is systems or robots");
        if (!fields.AreValid)
            return fields.Problem(context);

        var size = Paging.Limit(limit);
        var toRobots = receivers is null ? default(bool?) : receivers == "robots";
        var rows = await outbox.List(caller.Pack.Pack.Id, caller.Id, only, toRobots, before, size + 1, cancellationToken);
        return TypedResults.Ok(Paging.Page(rows, size, r => (r.CreatedAt, r.Id), r => Json(r, caller.Pack, targets, robots)));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Send(
        string message,
        Caller caller,
        Outbox outbox,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!MaySee(caller))
            return Problem.Of(CaseRejections.NotPermitted, context);
        if (OutboxMessages.Parse(message) is not { } id || !await outbox.SendAgain(caller.Pack.Pack.Id, id, cancellationToken))
            return Problem.Of(CaseRejections.NotFound, context);
        access.Administration(caller, "outbox");
        return TypedResults.NoContent();
    }

    static bool MaySee(Caller caller)
    {
        var may = caller.Person.Over(caller.Pack.Root);
        return may.Has(Permission.Administer) || may.Has(Permission.Forward);
    }

    static OutboxMessageJson Json(OutboxRow row, LoadedPack pack, WebhookTargets targets, RobotTargets robots)
    {
        var isWaiting = row.State == MessageState.Waiting;
        var robot = RobotMessages.RobotOf(row.Target);
        var isKnown = robot is null ? targets.Find(pack.Pack.Id, row.Target) is not null : robots.Find(pack.Pack.Id, robot) is not null;
        var (name, nameEn) = robot is null
            ? (pack.SystemOf(row.Target)?.Name, pack.SystemOf(row.Target)?.NameEn)
            : (pack.RobotOf(robot)?.Name, pack.RobotOf(robot)?.NameEn);
        return new(
            OutboxMessages.IdOf(row.Id),
            row.Target,
            name ?? robot ?? row.Target,
            nameEn ?? robot ?? row.Target,
            row.Kind,
            row.Case?.ToString("N"),
            row.Number,
            ApiNames.Of(row.State),
            row.CreatedAt,
            row.Attempts,
            row.AttemptedAt,
            isWaiting && isKnown ? row.NextAt : null,
            row.SentAt,
            isWaiting && !isKnown ? "not-configured" : row.Error
        );
    }
}
