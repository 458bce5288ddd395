using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Storage.Photos;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Photos;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
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
    const int MaxFilter = 200;

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
                    + "`solved` reports a case that was solved on the spot, with what was done."
            )
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotYourArea,
                Problem.NoGridHere,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown
            );
        cases
            .MapGet("/", List)
            .WithName("listCases")
            .WithSummary("List the cases of an area and everything below it")
            .WithDescription("The newest report comes first. Confidential cases are listed for the people they concern alone.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
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
            .MapGet("/{id}/photos/{photo}", Photo)
            .WithName("getCasePhoto")
            .WithSummary("Get a photo of a case")
            .WithDescription("Without the metadata it was uploaded with.")
            .ProducesPhoto()
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        cases.MapCaseSteps();
    }

    static async Task<Results<Created<CaseJson>, ProblemHttpResult>> Report(
        ReportRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        CaseStepHandler steps,
        AreaMaps maps,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var title = fields.Text("title", body.Title, MaxTitle);
        var detail = fields.Text("detail", body.Detail, MaxDetail, required: false);
        var solved = body.Solved is null ? null : fields.Text("solved", body.Solved, CaseStepEndpoints.MaxText);
        var position = fields.Position("position", body.Position);
        var category = fields.Text("category", body.Category, MaxCode);
        if (category.Length > 0 && !caller.Pack.Categories.ContainsKey(category))
            fields.Wrong("category", "没有这个类别", "is no category of the catalogue");
        if (body.Area is null && body.Position is null)
            fields.Wrong("area", "区域和位置至少填一项", "or position is needed");
        var area = caller.Area(body.Area);
        if (body.Area is not null && area is null)
            fields.Wrong("area", "没有这个区域", "is no area of the pack");
        var attached = await CaseStepEndpoints.OwnPhotos(fields, body.Photos, caller, photos, cancellationToken);
        if (!fields.AreValid)
            return fields.Problem(context);

        area ??= maps.At(caller.Pack, position!.Value);
        if (area is null)
            return Problem.Of(Problem.NoGridHere, context);
        var command = new ReportCase
        {
            By = caller.Id,
            Category = category,
            Area = area.Id,
            Position = position,
            Title = title,
            Detail = detail,
            Photos = [.. attached],
            Solved = solved,
        };
        return await steps.Report(command, headers, caller, context);
    }

    static async Task<Results<Ok<CaseJson>, ProblemHttpResult>> Get(
        string id,
        Caller caller,
        IGrainFactory grains,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, actions) = await Find(id, caller, grains, cancellationToken);
        if (view is null)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        CaseStepHandler.SetEtag(context, view);
        return TypedResults.Ok(CaseJson.Of(view, actions, caller.Pack));
    }

    static async Task<Results<Ok<ListJson<CaseStepJson>>, ProblemHttpResult>> History(
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
        return TypedResults.Ok(new ListJson<CaseStepJson>([.. steps.Take(pageSize).Select(s => CaseStepJson.Of(s, caller.Pack))], next));
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Photo(
        string id,
        string photo,
        Caller caller,
        IGrainFactory grains,
        PhotoStore photos,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _) = await Find(id, caller, grains, cancellationToken);
        if (view is null || view.Photos.All(p => p.Id != photo) || await photos.Show(photo, cancellationToken) is not { } shown)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        return PhotoResult.Of(shown, photo, context);
    }

    static async Task<(CaseView? View, CaseSteps Actions)> Find(
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

    static async Task<Results<Ok<ListJson<CaseSummaryJson>>, ProblemHttpResult>> List(
        [AsParameters] CaseListQuery query,
        Caller caller,
        CaseQueries queries,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(query.Cursor, out var before))
            Paging.Wrong(fields);
        fields.Text("text", query.Text, MaxFilter, required: false);
        fields.Text("category", query.Category, MaxFilter, required: false);
        fields.Text("claimant", query.Claimant, MaxFilter, required: false);
        fields.Text("reporter", query.Reporter, MaxFilter, required: false);
        fields.Text("area", query.Area, MaxFilter, required: false);
        var statuses = ApiNames.StatusFilter(query.Status ?? []);
        if (statuses is null)
            fields.Wrong("status", "没有这个状态", "is no status of a case");
        if (!fields.AreValid)
            return fields.Problem(context);
        var area = query.Area is null ? caller.Person.Home : caller.Area(query.Area);
        if (area is null)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area))
            return Problem.Of(CaseRejections.NotYourArea, context);

        var limit = Paging.Limit(query.Limit);
        var rows = await queries.List(
            new(area, caller.Id)
            {
                Statuses = statuses!,
                Category = query.Category,
                Claimant = Person(query.Claimant),
                Reporter = Person(query.Reporter),
                Text = query.Text,
                From = query.From,
                To = query.To,
                ClosedFrom = query.ClosedFrom,
                ClosedTo = query.ClosedTo,
                Overdue = query.Overdue ?? false,
                Before = before,
                Limit = limit + 1,
            },
            cancellationToken
        );
        access.Listed(caller, rows.Take(limit));
        var next = rows.Count > limit ? Paging.Cursor(rows[limit - 1].ReportedAt, rows[limit - 1].Id) : null;
        return TypedResults.Ok(new ListJson<CaseSummaryJson>([.. rows.Take(limit).Select(r => CaseSummaryJson.Of(r, caller.Pack))], next));

        PersonId? Person(string? id) =>
            id is null ? null
            : id == "me" ? caller.Id
            : new PersonId(caller.Id.Pack, id);
    }
}
