using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Storage.Photos;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Photos;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using GridActors.Web.WorkerDays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Cases;

/// <summary>Reporting a case and reading cases; <see cref="CaseStepEndpoints"/> has the steps.</summary>
public static class CaseEndpoints
{
    const int MaxTitle = 100;
    const int MaxDetail = 4000;
    const int MaxCode = 60;

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        var cases = routes
            .MapGroup("/api/cases")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Cases")
            .WithProblems(Problem.NotSignedIn);
        cases
            .MapPost("/", Report)
            .WithName("reportCase")
            .WithSummary("Report a case")
            .WithDescription(
                "Takes an area or a position; with both, the area wins. "
                    + "`solved` reports a case that was solved on the spot, with what was done, and a dispute with its `mediation`."
            )
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotYourArea,
                Problem.NoGridHere,
                CaseRejections.MediationNeeded,
                CaseRejections.MediationInvalid,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown
            );
        cases
            .MapGet("/", List)
            .WithName("listCases")
            .WithSummary("List the cases of an area and everything below it")
            .WithDescription(
                "The newest report comes first, unless `order` or `sort` says otherwise. "
                    + "Confidential cases are listed for the people they concern alone. "
                    + "The first page says how many cases there are in all, counted up to 10,000."
            )
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        cases.MapCaseExport();
        cases
            .MapGet("/{id}", Get)
            .WithName("getCase")
            .WithSummary("Get a case")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        cases
            .MapGet("/{id}/history", History)
            .WithName("listCaseHistory")
            .WithSummary("List the steps of a case, oldest first")
            .WithDescription("Up to 200 steps at a time, which is the whole history of nearly every case.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.Unavailable);
        cases
            .MapGet("/{id}/time", Time)
            .WithName("getCaseTime")
            .WithSummary("Get who had a case for how long")
            .WithDescription("In minutes of office time, which add up to the whole: from the report to the closing, or to now.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        cases
            .MapGet("/{id}/proof", Proof)
            .WithName("getDueProof")
            .WithSummary("Get how the due times of a case were counted, day by day")
            .WithDescription("With it anybody can count them again by hand, with the office hours of the place and a calendar.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        cases
            .MapGet("/{id}/photos/{photo}", Photo)
            .WithName("getCasePhoto")
            .WithSummary("Get a photo of a case")
            .WithDescription(PhotoResult.Description)
            .ProducesPhoto()
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.Unavailable);
        cases.MapCaseRecords();
        cases.MapCaseSteps();
    }

    static async Task<Results<GeneratedCreated<CaseJson>, ProblemHttpResult>> Report(
        ReportRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        CaseStepHandler steps,
        AreaMaps maps,
        PhotoStore photos,
        GrainReferences<IHouseholdGrain> households,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var title = fields.Text("title", body.Title, MaxTitle);
        var detail = fields.Text("detail", body.Detail, MaxDetail, required: false);
        var solved = body.Solved is null ? null : fields.Text("solved", body.Solved, CaseStepEndpoints.MaxText);
        var mediation = solved is null ? null : body.Mediation?.Read(fields, caller.Pack);
        var position = fields.Position("position", body.Position);
        var category = fields.Text("category", body.Category, MaxCode);
        if (category.Length > 0 && !caller.Pack.Categories.ContainsKey(category))
            fields.Wrong("category", "没有这个类别", "is no category of the catalogue");
        if (body.Area is null && body.Position is null)
            fields.Wrong("area", "区域和位置至少填一项", "or position is needed");
        var area = caller.Area(body.Area);
        if (body.Area is not null && area is null)
            fields.Wrong("area", "没有这个区域", "is no area of the pack");
        if (area is not null && position is { } far && maps.IsFar(caller.Pack, far))
            fields.Wrong("position", "离本地区太远", "is far from every area of the pack");
        var attached = await CaseStepEndpoints.OwnPhotos(fields, body.Photos, caller, photos, cancellationToken);
        var household = body.Household is { } about ? await HouseholdEndpoints.Find(about, caller, households, cancellationToken) : null;
        if (body.Household is not null && household is null)
            fields.Wrong("household", "没有这一户", "is no household that you may see");
        if (body.Area is null && position is { } place)
            area = maps.At(caller.Pack, place);
        var refusal =
            !fields.AreValid ? fields.Problem(context)
            : area is null ? Problem.Of(Problem.NoGridHere, context)
            : null;
        var command = new ReportCase
        {
            By = caller.Id,
            Category = category,
            Area = body.Area is { } code ? caller.AreaId(code) : area?.Id ?? default,
            Position = position,
            Title = title,
            Detail = detail,
            Photos = [.. attached],
            Solved = solved,
            Mediation = mediation,
            Household = household?.Id,
        };
        return await steps.Report(command, body.Area is not null, refusal, headers, caller, context);
    }

    static async Task<Results<GeneratedOk<CaseJson>, ProblemHttpResult>> Get(
        string id,
        Caller caller,
        IGrainFactory grains,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, actions) = await Find(id, caller, grains, cancellationToken);
        if (view is null)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        CaseStepHandler.SetEtag(context, view);
        return new GeneratedOk<CaseJson>(
            CaseJson.Of(view, actions, caller.Pack, time.GetUtcNow(), explains: true),
            CaseJsonContext.Default.CaseJson
        );
    }

    static async Task<Results<GeneratedOk<ListJson<CaseStepJson>>, ProblemHttpResult>> History(
        string id,
        [Description("How many steps to answer at most: 1 to 200, 200 by default.")] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        IGrainFactory grains,
        CaseQueries queries,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Paging.TryReadStep(cursor, out var after))
            return Paging.Wrong(context);
        var (view, _) = await Find(id, caller, grains, cancellationToken);
        if (view is null)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        var pageSize = Paging.Limit(limit ?? Paging.MaxLimit);
        var steps = await queries.History(view.Id, after, pageSize + 1, cancellationToken);
        var next = steps.Count > pageSize ? Paging.StepCursor(steps[pageSize - 1].Sequence) : null;
        var items = steps.Take(pageSize).Select(s => CaseStepJson.Of(s, caller.Pack));
        return new GeneratedOk<ListJson<CaseStepJson>>(new([.. items], next), CaseJsonContext.Default.History);
    }

    static async Task<Results<Ok<CaseTimeJson>, ProblemHttpResult>> Time(
        string id,
        Caller caller,
        IGrainFactory grains,
        CaseQueries queries,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _) = await Find(id, caller, grains, cancellationToken);
        if (view is null)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        // A case has a limited number of steps.
        var steps = await queries.History(view.Id, 0, int.MaxValue, cancellationToken);
        return TypedResults.Ok(CaseTimeJson.Of(view, steps, caller.Pack, time.GetUtcNow()));
    }

    static async Task<Results<Ok<DueProofJson>, ProblemHttpResult>> Proof(
        string id,
        Caller caller,
        IGrainFactory grains,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _) = await Find(id, caller, grains, cancellationToken);
        if (view is null)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        return TypedResults.Ok(DueProofJson.Of(view, caller.Pack, time.GetUtcNow()));
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Photo(
        string id,
        string photo,
        [Description(PhotoResult.SizeDescription)] string? size,
        Caller caller,
        IGrainFactory grains,
        PhotoStore photos,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _) = await Find(id, caller, grains, cancellationToken);
        if (view is null || view.Photos.All(p => p.Id != photo))
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        return await PhotoResult.Of(photo, size, photos, context, cancellationToken);
    }

    /// <returns>The case, and what the caller may do with it; null where they may not see it.</returns>
    internal static async Task<(CaseView? View, CaseSteps Actions)> Find(
        string id,
        Caller caller,
        IGrainFactory grains,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
            return default;
        var actor = grains.GetGrain<ICaseGrain>(guid);
        var answer = await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken);
        return (answer.Case, answer.Actions);
    }

    static async Task<Results<GeneratedOk<CaseListJson>, ProblemHttpResult>> List(
        [AsParameters] CaseListQuery query,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        CaseQueries queries,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (filter, problem) = query.Read(caller, context, cursor);
        if (filter is null)
            return problem!;
        var pageSize = Paging.Limit(limit);
        var (rows, counted) = await queries.List(filter with { Limit = pageSize + 1 }, cancellationToken);
        access.Listed(caller, rows.Take(pageSize));
        var next = rows.Count > pageSize ? Paging.Cursor(rows[pageSize - 1].Place(filter.Order)) : null;
        // Later pages know the number already.
        var total = filter.After is null ? counted : default(int?);
        var now = time.GetUtcNow();
        var items = rows.Take(pageSize).Select(r => CaseSummaryJson.Of(r, caller.Pack, now));
        return new GeneratedOk<CaseListJson>(CaseListJson.Of([.. items], next, total), CaseJsonContext.Default.CaseListJson);
    }
}
