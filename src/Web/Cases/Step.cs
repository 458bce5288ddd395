using System.Reflection;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Photos;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Web.Cases;

/// <summary>One write to a case on its way from HTTP to its actor: who, which operation, and what the answer becomes.</summary>
public sealed class Step
{
    Step(HttpContext context, Caller caller)
    {
        (Context, Caller) = (context, caller);
        Fields = new(Problem.IsEnglish(context));
        Grains = context.RequestServices.GetRequiredService<IGrainFactory>();
    }

    public HttpContext Context { get; }
    public Caller Caller { get; }
    public Fields Fields { get; }
    public IGrainFactory Grains { get; }

    public static async ValueTask<Step> BindAsync(HttpContext context, ParameterInfo parameter) => new(context, await Caller.BindAsync(context, parameter));

    public async Task<Results<Ok<CaseJson>, ProblemHttpResult>> Submit(string id, Func<PersonId, CaseCommand> command, IReadOnlyList<string>? photos = null)
    {
        var write = Write.Of(Context, Caller, Fields);
        if (photos is { Count: > 0 } && Fields.AreValid)
        {
            var store = Context.RequestServices.GetRequiredService<PhotoStore>();
            if ((await store.NotUploadedBy(Caller.Id, photos, Context.RequestAborted)).Count > 0) Fields.Wrong("photos", "有照片不是您上传的", "names a photo that you didn't upload");
        }
        if (!Fields.AreValid) return Problem.Invalid(Context, Fields.Errors);
        if (!Guid.TryParseExact(id, "N", out var guid)) return Problem.Of(CaseRejections.NotFound, Context);

        // A caller who hangs up doesn't take back what they asked for: the write isn't cancelled with the request.
        var answer = await Grains.GetGrain<ICaseGrain>(guid).Submit(write.Operation(command(Caller.Id)), CancellationToken.None);
        if (answer.Case is { } view) Context.Response.Headers.ETag = CaseEndpoints.Etag(view);
        if (answer.Rejection is { } rejection) return Refuse(rejection, answer.Case);
        return TypedResults.Ok(CaseJson.Of(answer.Case!, answer.Actions, Caller.Pack));
    }

    ProblemHttpResult Refuse(string rejection, CaseView? view) => (rejection, view) switch
    {
        (CaseRejections.AlreadyClaimed, { Claimant: { } claimant }) => Problem.Of(
            rejection, Context, ("claimant", claimant.Id), ("claimantName", Caller.Pack.NameOf(claimant)), ("claimedAt", view.ClaimedAt), ("version", view.Version)),
        (CaseRejections.WrongStatus or CaseRejections.StaleVersion, { }) => Problem.Of(
            rejection, Context, ("caseStatus", Words.Of(view.Status)), ("version", view.Version)),
        _ => Problem.Of(rejection, Context),
    };
}
