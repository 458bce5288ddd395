using System.ComponentModel;
using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.SubjectRequests;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.SubjectRequests;
using GridActors.Storage.Time;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.SubjectRequests;

/// <summary>What residents ask for about what is kept of them: correction, deletion, and to know it.</summary>
static class SubjectRequestEndpoints
{
    const int MaxText = 500;

    public static void MapSubjectRequests(this IEndpointRouteBuilder routes)
    {
        var group = routes
            .MapGroup("/api/subject-requests")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );
        group
            .MapGet("/", List)
            .WithName("listSubjectRequests")
            .WithSummary("List requests of residents, where you may edit or erase households")
            .WithDescription("Those that wait come first when only they are asked for, the one that is due first before the others.");
        group.MapGet("/{request}", Get).WithName("getSubjectRequest").WithSummary("Get a request of a resident");
        group
            .MapPost("/", Open)
            .WithName("openSubjectRequest")
            .WithSummary("Enter a request of a resident: correction, deletion, or to know what is kept")
            .WithDescription("It must be answered within the time of the pack. What it says is sealed with the resident's key.")
            .WithProblems(HouseholdRejections.NotAResident, CaseRejections.NotPermitted, CaseRejections.KeyReused, CaseRejections.Busy);
        group
            .MapPost("/{request}/decide", Decide)
            .WithName("decideSubjectRequest")
            .WithSummary("Grant a request of a resident, grant a part of it, or refuse it")
            .WithDescription("A deletion is decided by a post that may administer the area.")
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.WrongStatus, CaseRejections.KeyReused, CaseRejections.Busy);
        group
            .MapPost("/{request}/carry-out", CarryOut)
            .WithName("carryOutSubjectRequest")
            .WithSummary("Carry out what was granted: correct, empty fields, or erase")
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                HouseholdRejections.NotAResident,
                HouseholdRejections.StillLiving,
                CaseRejections.KeyReused,
                CaseRejections.Busy
            );
    }

    static async Task<Results<Ok<SubjectRequestListJson>, ProblemHttpResult>> List(
        [Description("Only those that aren't answered, or not carried out.")] bool? pending,
        [Description("Only those of this resident.")] string? resident,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        SubjectRequestQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var after))
            Paging.Wrong(fields);
        var filter = new SubjectRequestFilter(
            caller.Pack.Pack.Id,
            [.. caller.Pack.Areas.Values.Where(a => MayWork(caller, a)).SelectMany(a => a.WithFormer).Select(a => a.Key)]
        )
        {
            PendingOnly = pending == true,
            Resident = resident is null ? null : Id(fields, "resident", resident),
            After = after,
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        var now = clock.GetUtcNow();
        var size = Paging.Limit(limit);
        var found = await queries.List(filter, size + 1, cancellationToken);
        var page = Paging.Page(
            found,
            size,
            r => (filter.PendingOnly ? r.DueAt : r.OpenedAt, r.Id),
            r => SubjectRequestItemJson.Of(r, caller, now)
        );
        var overdue = await queries.Overdue(filter, now, cancellationToken);
        return TypedResults.Ok(new SubjectRequestListJson(page.Items, page.Next, overdue));
    }

    static async Task<Results<Ok<SubjectRequestJson>, ProblemHttpResult>> Get(
        string request,
        Caller caller,
        GrainReferences<ISubjectRequestGrain> requests,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(request, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = requests.Of(id);
        var answer = await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken);
        return answer.View is { } view
            ? TypedResults.Ok(SubjectRequestJson.Of(view, caller.Pack))
            : Problem.Of(CaseRejections.NotFound, context);
    }

    static async Task<Results<Created<SubjectRequestJson>, ProblemHttpResult>> Open(
        OpenSubjectRequestRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        GrainReferences<ISubjectRequestGrain> requests,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        var kind = SubjectRequestNames.Find<SubjectRequestKind>(body.Kind, SubjectRequestNames.Of);
        if (kind is null)
            fields.Wrong("kind", "应为 correction、deletion 或 access", "must be correction, deletion or access");
        var check = SubjectRequestNames.Find<IdentityCheck>(body.Check, SubjectRequestNames.Of);
        if (check is null)
            fields.Wrong(
                "check",
                "应为 document、known、proxy、guardian 或 relative",
                "must be document, known, proxy, guardian or relative"
            );
        var resident = Id(fields, "resident", body.Resident);
        var asker = fields.Text("asker", body.Asker, MaxText);
        var wanted = fields.Text("wanted", body.Wanted, MaxText);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (await HouseholdEndpoints.Find(body.Household ?? "", caller, households, cancellationToken) is not { } household)
            return Problem.Of(CaseRejections.NotFound, context);
        var command = new OpenSubjectRequest
        {
            By = caller.Id,
            Area = household.Area,
            Household = household.Id,
            Resident = resident!.Value,
            Kind = kind!.Value,
            Check = check!.Value,
            Asker = asker,
            Wanted = wanted,
        };
        var actor = requests.Of(headers.NewId(caller.Id, "subject-request"));
        var answer = await Submit(actor, command with { Operation = headers.OperationOf(caller.Id, command) });
        return answer is { Rejection: null, View: { } view }
            ? TypedResults.Created($"/api/subject-requests/{view.Id:N}", SubjectRequestJson.Of(view, caller.Pack))
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    static Task<Results<Ok<SubjectRequestJson>, ProblemHttpResult>> Decide(
        string request,
        DecideSubjectRequestRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        GrainReferences<ISubjectRequestGrain> requests,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var outcome = SubjectRequestNames.Find<SubjectRequestStatus>(body.Outcome, SubjectRequestNames.Of);
        if (outcome is not (SubjectRequestStatus.Granted or SubjectRequestStatus.PartlyGranted or SubjectRequestStatus.Refused))
            fields.Wrong("outcome", "应为 granted、partly-granted 或 refused", "must be granted, partly-granted or refused");
        var reason = fields.Text("reason", body.Reason, MaxText, required: outcome != SubjectRequestStatus.Granted);
        var command = new DecideSubjectRequest
        {
            By = caller.Id,
            Outcome = outcome ?? SubjectRequestStatus.Refused,
            Reason = reason,
        };
        return Take(request, command, fields, headers, caller, requests, context);
    }

    static async Task<Results<Ok<SubjectRequestJson>, ProblemHttpResult>> CarryOut(
        string request,
        CarryOutSubjectRequestRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        GrainReferences<ISubjectRequestGrain> requests,
        HouseholdStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (steps.Reader(caller, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        if (body is { Erase: true, Correction: not null })
            fields.Wrong("erase", "不能同时更正和删除", "can't be done together with a correction");
        if (!Guid.TryParseExact(request, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = requests.Of(id);
        if ((await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken)).View is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        HouseholdCommand? step =
            body.Erase
                ? new EraseResident
                {
                    By = caller.Id,
                    Resident = view.Resident,
                    Reason = "本人申请删除",
                }
            : body.Correction is { } correction ? Correction(view, correction, reader, headers, caller)
            : null;
        return await Take(request, new CarryOutSubjectRequest { By = caller.Id, Step = step }, fields, headers, caller, requests, context);
    }

    static CorrectResident Correction(
        SubjectRequestView view,
        CorrectResidentRequest body,
        HouseholdFieldReader reader,
        WriteHeaders headers,
        Caller caller
    ) =>
        new()
        {
            By = caller.Id,
            Resident = view.Resident,
            Kind = reader.Kind("correction.kind", body.Kind, required: false),
            Relation = reader.Relation("correction.relation", body.Relation),
            Fields = reader.Changes(SubjectKind.Resident, "correction.fields", body.Fields),
            Groups = reader.Groups("correction.groups", body.Groups),
            Certificates = reader.Certificates(
                "correction.certificates",
                body.Certificates,
                c => headers.NewId(caller.Id, string.Create(CultureInfo.InvariantCulture, $"certificate {c}"))
            ),
            Tags = reader.Tags("correction.tags", body.Tags),
        };

    static async Task<Results<Ok<SubjectRequestJson>, ProblemHttpResult>> Take(
        string request,
        SubjectRequestCommand command,
        Fields fields,
        WriteHeaders headers,
        Caller caller,
        GrainReferences<ISubjectRequestGrain> requests,
        HttpContext context
    )
    {
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(request, "N", out var id))
            return Problem.Of(CaseRejections.NotFound, context);
        var answer = await Submit(requests.Of(id), command with { Operation = headers.OperationOf(caller.Id, command) });
        return answer is { Rejection: null, View: { } view }
            ? TypedResults.Ok(SubjectRequestJson.Of(view, caller.Pack))
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }

    /// <summary>The write isn't cancelled when the caller disconnects, because the caller has asked for it.</summary>
    static Task<SubjectRequestAnswer> Submit(ISubjectRequestGrain actor, SubjectRequestCommand command) =>
        ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);

    static bool MayWork(Caller caller, AreaNode area) =>
        caller.Person.Over(area) is var may
        && may.Has(Permission.ReadHouseholds)
        && (may.Has(Permission.EditHouseholds) || may.Has(Permission.Administer));

    static Guid? Id(Fields fields, string name, string? value)
    {
        if (Guid.TryParseExact(value, "N", out var id))
            return id;
        fields.Wrong(name, "不是编号", "is no id");
        return null;
    }
}
