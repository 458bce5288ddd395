using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Photos;
using GridActors.Web.Consultations;
using GridActors.Web.Meetings;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using CaseResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    GridActors.Web.GeneratedOk<GridActors.Web.Cases.CaseJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Cases;

/// <summary>The steps of a case's life, one call each.</summary>
static class CaseStepEndpoints
{
    public const int MaxText = 2000;
    public const int MaxReason = 500;
    public const int MaxId = 40;
    const int MaxRating = 5;

    /// <param name="cases">The group <c>/api/cases</c>.</param>
    public static void MapCaseSteps(this RouteGroupBuilder cases)
    {
        var steps = cases
            .MapGroup("/{id}")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.StaleVersion,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        steps
            .MapPost("/claim", Bare(by => new ClaimCase { By = by }))
            .WithName("claimCase")
            .WithSummary("Claim a case")
            .WithDescription("Exactly one recipient can: whoever comes second is told who has the case.")
            .WithProblems(CaseRejections.NotRecipient, CaseRejections.AlreadyClaimed, CaseRejections.WrongStatus);
        steps
            .MapPost("/release", WithReason((by, reason) => new ReleaseCase { By = by, Reason = reason }))
            .WithName("releaseCase")
            .WithSummary("Give a claimed case back")
            .WithDescription("The case is offered again to those whom the pack names now. For the claimant, or a post that may assign.")
            .WithProblems(CaseRejections.NotClaimant, CaseRejections.WrongStatus, CaseRejections.TooManySteps);
        steps
            .MapPost("/handover", HandOver)
            .WithName("handOverCase")
            .WithSummary("Hand a case over to another person")
            .WithDescription(
                "That person becomes the claimant. For the claimant, or a post that may assign. "
                    + "A confidential case goes only to holders of the posts that its category names."
            )
            .WithProblems(
                CaseRejections.NotClaimant,
                CaseRejections.RecipientNotEntitled,
                CaseRejections.WrongStatus,
                CaseRejections.TooManySteps
            );
        steps
            .MapPost("/on-site", Bare(by => new ArriveOnSite { By = by }))
            .WithName("arriveOnSite")
            .WithSummary("Say that the claimant has arrived at the place")
            .WithDescription("For the claimant.")
            .WithProblems(CaseRejections.NotClaimant, CaseRejections.WrongStatus);
        steps
            .MapPost("/progress", RecordProgress)
            .WithName("recordProgress")
            .WithSummary("Record progress")
            .WithDescription("What was done so far, with photos if there are some. For the claimant.")
            .WithProblems(CaseRejections.NotClaimant, CaseRejections.WrongStatus, CaseRejections.TooManySteps);
        steps
            .MapPost("/resolve", Resolve)
            .WithName("resolveCase")
            .WithSummary("Resolve a case")
            .WithDescription(
                "The case then waits to be closed. For the claimant. Where the category is settled by mediation, `mediation` says at which "
                    + "level, between whom and with which result; the names of people are masked before they are kept."
            )
            .WithProblems(
                CaseRejections.NotClaimant,
                CaseRejections.WrongStatus,
                CaseRejections.MediationNeeded,
                CaseRejections.MediationInvalid
            );
        steps
            .MapPost("/explain", WithText((by, text) => new ExplainCase { By = by, Text = text }))
            .WithName("explainCase")
            .WithSummary("Answer a case with an explanation")
            .WithDescription("For a case that can't or needn't be resolved; it then waits to be closed. For the claimant.")
            .WithProblems(CaseRejections.NotClaimant, CaseRejections.WrongStatus);
        steps
            .MapPost("/transfer", Transfer)
            .WithName("transferCase")
            .WithSummary("Transfer a case to a department")
            .WithDescription(
                "The case is offered to that department's recipients. For the claimant, or a post that may transfer. "
                    + "A confidential case is offered only to those of them who hold a post that its category names."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.RecipientNotEntitled,
                CaseRejections.WrongStatus,
                CaseRejections.TooManySteps
            );
        steps
            .MapPost("/comment", WithText((by, text) => new CommentOnCase { By = by, Text = text }))
            .WithName("commentOnCase")
            .WithSummary("Comment on a case")
            .WithDescription("For everybody who may see the case.")
            .WithProblems(CaseRejections.TooManySteps);
        steps
            .MapPost("/close", Close)
            .WithName("closeCase")
            .WithSummary("Close a resolved or explained case")
            .WithDescription(
                "For the reporter, or a post that may close. Only the reporter's rating is kept. "
                    + "Where the category says so, whoever solved the case can't close it."
            )
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.WrongStatus, CaseRejections.NeedsAnother);
        steps
            .MapPost("/reopen", WithReason((by, reason) => new ReopenCase { By = by, Reason = reason }))
            .WithName("reopenCase")
            .WithSummary("Open a case again")
            .WithDescription(
                "The case is offered again to those whom the pack names now. For the reporter, or a post that may reopen, "
                    + "and for a closed case within the time that the catalogue allows."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.ReopeningOver,
                CaseRejections.TooManySteps
            );
        steps.MapReturnedWork();
        steps.MapDuplicates();
        steps.MapLinks();
        steps.MapTimeRequests();
        steps.MapLadderSteps();
        steps.MapSupervisionSteps();
        steps.MapForwardSteps();
        steps.MapConsultationSteps();
        steps.MapLedgerSteps();
    }

    /// <summary>A call without a body.</summary>
    public static Delegate Bare(Func<PersonId, CaseCommand> command) =>
        (string id, Caller caller, [AsParameters] StepHeaders headers, CaseStepHandler steps, HttpContext context) =>
            steps.Take(id, command(caller.Id), headers, caller, context);

    /// <summary>A call whose body is a reason.</summary>
    public static Delegate WithReason(Func<PersonId, string, CaseCommand> command) =>
        (string id, ReasonRequest body, Caller caller, [AsParameters] StepHeaders headers, CaseStepHandler steps, HttpContext context) =>
        {
            var fields = Fields.Of(context);
            var reason = fields.Text("reason", body.Reason, MaxReason);
            return steps.Take(id, command(caller.Id, reason), headers, caller, context, fields);
        };

    /// <summary>A call whose body is a text.</summary>
    public static Delegate WithText(Func<PersonId, string, CaseCommand> command) =>
        (string id, TextRequest body, Caller caller, [AsParameters] StepHeaders headers, CaseStepHandler steps, HttpContext context) =>
        {
            var fields = Fields.Of(context);
            var text = fields.Text("text", body.Text, MaxText);
            return steps.Take(id, command(caller.Id, text), headers, caller, context, fields);
        };

    static Task<CaseResult> HandOver(
        string id,
        HandOverRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var to = fields.Text("to", body.To, MaxId);
        var reason = fields.Text("reason", body.Reason, MaxReason);
        var command = new HandOverCase
        {
            By = caller.Id,
            To = new(caller.Id.Pack, to),
            Reason = reason,
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }

    static async Task<CaseResult> RecordProgress(
        string id,
        TextAndPhotosRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, MaxText);
        var attached = await OwnPhotos(fields, body.Photos, caller, photos, cancellationToken);
        var command = new RecordProgress
        {
            By = caller.Id,
            Text = text,
            Photos = [.. attached],
        };
        return await steps.Take(id, command, headers, caller, context, fields);
    }

    static async Task<CaseResult> Resolve(
        string id,
        ResolveRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, MaxText);
        var mediation = body.Mediation?.Read(fields, caller.Pack);
        var attached = await OwnPhotos(fields, body.Photos, caller, photos, cancellationToken);
        var command = new ResolveCase
        {
            By = caller.Id,
            Text = text,
            Photos = [.. attached],
            Mediation = mediation,
        };
        return await steps.Take(id, command, headers, caller, context, fields);
    }

    static Task<CaseResult> Transfer(
        string id,
        TransferRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var department = fields.Text("department", body.Department, MaxId);
        var reason = fields.Text("reason", body.Reason, MaxReason);
        if (department.Length > 0 && !caller.Pack.Departments.ContainsKey(department))
            fields.Wrong("department", "没有这个部门", "is no department of the pack");
        var command = new TransferCase
        {
            By = caller.Id,
            Department = department,
            Reason = reason,
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }

    static Task<CaseResult> Close(
        string id,
        CloseRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("text", body.Text, MaxReason, required: false);
        if (body.Rating is < 1 or > MaxRating)
            fields.Wrong("rating", "评分为 1 至 5", "is 1 to 5");
        return steps.Take(
            id,
            new CloseCase
            {
                By = caller.Id,
                Rating = body.Rating,
                Text = text,
            },
            headers,
            caller,
            context,
            fields
        );
    }

    /// <summary>
    /// The photos of a request; the caller must have uploaded each of them. Asks the database only when all other fields are valid.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OwnPhotos(
        Fields fields,
        IReadOnlyList<string>? ids,
        Caller caller,
        PhotoStore photos,
        CancellationToken cancellationToken
    )
    {
        var attached = fields.Photos("photos", ids);
        if (attached.Count > 0 && fields.AreValid && (await photos.NotUploadedBy(caller.Id, attached, cancellationToken)).Count > 0)
            fields.Wrong("photos", "有照片不是您上传的", "names a photo that you didn't upload");
        return attached;
    }
}
