using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Outbox;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace GridActors.Web.Webhooks;

/// <summary>What another system answers, as a message of Standard Webhooks.</summary>
public sealed record ForwardAnswerRequest(string? Type, DateTimeOffset? Timestamp, [property: Required] ForwardAnswerData? Data);

/// <param name="Case">The case, as the message named it.</param>
/// <param name="Message">The <c>webhook-id</c> of the message that is answered.</param>
/// <param name="Result"><c>solved</c>, <c>refused</c>, or <c>progress</c>: the answer itself is still to come.</param>
/// <param name="Text">What was done, why it is refused, or how far it is.</param>
public sealed record ForwardAnswerData(
    [property: Required] string? Case,
    [property: Required] string? Message,
    [property: Required] string? Result,
    [property: Required] string? Text
);

/// <summary>Takes the answers of other systems. Each signs with a key of its own, which is all that identifies it.</summary>
static class ForwardAnswerEndpoint
{
    const int MaxBytes = 20 * 1024;
    const int MaxId = 64;
    const string IdHeader = "webhook-id";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void MapForwardAnswers(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/webhooks/{pack}/{system}", Take)
            .AllowAnonymous()
            .WithSmallBody(MaxBytes)
            .Accepts<ForwardAnswerRequest>("application/json")
            .WithTags("Webhooks")
            .WithName("answerForward")
            .WithSummary("Answer for a case that was handed over to another system")
            .WithDescription(
                "For that system: a message of Standard Webhooks, signed with the key that was agreed for its answers. "
                    + "The same `webhook-id` is taken once."
            )
            .WithProblems(
                Problem.InvalidRequest,
                Problem.WrongSignature,
                CaseRejections.NotFound,
                CaseRejections.TooManySteps,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion,
                Problem.TooLarge,
                Problem.TooSlow
            );

    static async Task<Results<NoContent, ProblemHttpResult>> Take(
        string pack,
        string system,
        WebhookTargets targets,
        GrainReferences<ICaseGrain> cases,
        HttpContext context
    )
    {
        if (targets.Find(pack, system) is not { AnswerSecrets.Count: > 0 } target)
            return Problem.Of(CaseRejections.NotFound, context);
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (!target.AnswerSecrets.Any(s => IsSigned(s, body, context.Request.Headers)))
            return Problem.Of(Problem.WrongSignature, context);

        var fields = Fields.Of(context);
        if (Read(body) is not { Data: { } data })
        {
            fields.Wrong("data", "必填", "is needed");
            return fields.Problem(context);
        }
        var by = PersonId.System(pack, system);
        var command = new AnswerForward
        {
            By = by,
            Operation = OperationIds.Of(by.Key, context.Request.Headers[IdHeader].ToString(), Encoding.UTF8.GetBytes(body)),
            System = system,
            Message = OutboxMessages.Parse(fields.Text("message", data.Message, MaxId)) ?? Guid.Empty,
            Answer = ResultOf(fields, data.Result),
            Text = fields.Text("text", data.Text, CaseStepEndpoints.MaxText),
        };
        var id = fields.Text("case", data.Case, MaxId);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(id, "N", out var guid))
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = cases.Of(guid);
        // The command isn't cancelled when the other system disconnects, because its answer must be recorded.
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        return answer.Rejection is { } rejection ? Problem.Of(rejection, context) : TypedResults.NoContent();
    }

    /// <summary>Whether a key signed it, within five minutes of now.</summary>
    static bool IsSigned(string secret, string body, IHeaderDictionary headers)
    {
        try
        {
            new StandardWebhook(secret).Verify(body, headers);
            return true;
        }
        // The library throws the second one for an empty signature.
        catch (Exception e) when (e is WebhookVerificationException or ArgumentException)
        {
            return false;
        }
    }

    static ForwardAnswerRequest? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ForwardAnswerRequest>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static ForwardAnswer ResultOf(Fields fields, string? result)
    {
        switch (result)
        {
            case "solved":
                return ForwardAnswer.Solved;
            case "refused":
                return ForwardAnswer.Refused;
            case "progress":
                return ForwardAnswer.Progress;
        }
        fields.Wrong("result", "应为 solved、refused 或 progress", "is solved, refused or progress");
        return default;
    }
}
