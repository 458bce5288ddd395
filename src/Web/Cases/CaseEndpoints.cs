using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Storage.Cases;
using GridActors.Storage.Photos;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using CaseResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Cases.CaseJson>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace GridActors.Web.Cases;

/// <summary>Reporting a case, its steps, its lists.</summary>
public static class CaseEndpoints
{
    const int MostText = 2000;
    const int MostReason = 500;

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        var cases = routes.MapGroup("/api/cases").RequireAuthorization().WithProblems(400, 401, 403, 404, 409, 412, 422, 503);
        cases.MapPost("/", Report);
        cases.MapGet("/", List);
        cases.MapGet("/{id}", Get);
        cases.MapGet("/{id}/history", History);
        cases.MapGet("/{id}/photos/{photo}", Photo);

        cases.MapPost("/{id}/claim", (string id, Step step) => step.Submit(id, by => new ClaimCase { By = by }));
        cases.MapPost("/{id}/on-site", (string id, Step step) => step.Submit(id, by => new ArriveOnSite { By = by }));
        cases.MapPost("/{id}/release", (string id, ReasonRequest body, Step step) =>
        {
            var reason = step.Fields.Text("reason", body.Reason, MostReason);
            return step.Submit(id, by => new ReleaseCase { By = by, Reason = reason });
        });
        cases.MapPost("/{id}/handover", (string id, HandOverRequest body, Step step) =>
        {
            var (to, reason) = (step.Fields.Text("to", body.To, 40), step.Fields.Text("reason", body.Reason, MostReason));
            return step.Submit(id, by => new HandOverCase { By = by, To = new(by.Pack, to), Reason = reason });
        });
        cases.MapPost("/{id}/progress", (string id, TextAndPhotosRequest body, Step step) =>
        {
            var (text, photos) = (step.Fields.Text("text", body.Text, MostText), step.Fields.Photos("photos", body.Photos));
            return step.Submit(id, by => new RecordProgress { By = by, Text = text, Photos = [.. photos] }, photos);
        });
        cases.MapPost("/{id}/resolve", (string id, TextAndPhotosRequest body, Step step) =>
        {
            var (text, photos) = (step.Fields.Text("text", body.Text, MostText), step.Fields.Photos("photos", body.Photos));
            return step.Submit(id, by => new ResolveCase { By = by, Text = text, Photos = [.. photos] }, photos);
        });
        cases.MapPost("/{id}/explain", (string id, TextRequest body, Step step) =>
        {
            var text = step.Fields.Text("text", body.Text, MostText);
            return step.Submit(id, by => new ExplainCase { By = by, Text = text });
        });
        cases.MapPost("/{id}/transfer", (string id, TransferRequest body, Step step) =>
        {
            var (department, reason) = (step.Fields.Text("department", body.Department, 40), step.Fields.Text("reason", body.Reason, MostReason));
            if (department.Length > 0 && !step.Caller.Pack.Departments.ContainsKey(department)) step.Fields.Wrong("department", "没有这个部门", "is no department of the pack");
            return step.Submit(id, by => new TransferCase { By = by, Department = department, Reason = reason });
        });
        cases.MapPost("/{id}/comment", (string id, TextRequest body, Step step) =>
        {
            var text = step.Fields.Text("text", body.Text, MostText);
            return step.Submit(id, by => new CommentOnCase { By = by, Text = text });
        });
        cases.MapPost("/{id}/close", (string id, CloseRequest body, Step step) =>
        {
            var text = step.Fields.Text("text", body.Text, MostReason, required: false);
            if (body.Rating is < 1 or > 5) step.Fields.Wrong("rating", "评分为 1 至 5", "is 1 to 5");
            return step.Submit(id, by => new CloseCase { By = by, Rating = body.Rating, Text = text });
        });
        cases.MapPost("/{id}/reopen", (string id, ReasonRequest body, Step step) =>
        {
            var reason = step.Fields.Text("reason", body.Reason, MostReason);
            return step.Submit(id, by => new ReopenCase { By = by, Reason = reason });
        });
    }

    static async Task<Results<Created<CaseJson>, ProblemHttpResult>> Report(ReportRequest body, Step step, AreaMaps maps, PhotoStore photos, CancellationToken cancellationToken)
    {
        var (caller, context, fields) = (step.Caller, step.Context, step.Fields);
        var write = Write.Of(context, caller, fields);
        var title = fields.Text("title", body.Title, 100);
        var detail = fields.Text("detail", body.Detail, 4000, required: false);
        var solved = body.Solved is null ? null : fields.Text("solved", body.Solved, MostText);
        var position = fields.Position("position", body.Position);
        var attached = fields.Photos("photos", body.Photos);
        var category = fields.Text("category", body.Category, 60);
        if (category.Length > 0 && !caller.Pack.Categories.ContainsKey(category)) fields.Wrong("category", "没有这个类别", "is no category of the catalogue");
        if (body.Area is null && body.Position is null) fields.Wrong("area", "区域和位置至少填一项", "or position is needed");
        var area = caller.Area(body.Area);
        if (body.Area is not null && area is null) fields.Wrong("area", "没有这个区域", "is no area of the pack");
        if (fields.AreValid && (await photos.NotUploadedBy(caller.Id, attached, cancellationToken)).Count > 0) fields.Wrong("photos", "有照片不是您上传的", "names a photo that you didn't upload");
        if (!fields.AreValid) return Problem.Invalid(context, fields.Errors);

        area ??= maps.At(caller.Pack, position!.Value);
        if (area is null) return Problem.Of(Problem.NoGridHere, context);
        var answer = await step.Grains.GetGrain<ICaseGrain>(write.Created()).Submit(write.Operation(new ReportCase
        {
            By = caller.Id,
            Category = category,
            Area = area.Id,
            Position = position,
            Title = title,
            Detail = detail,
            Photos = [.. attached],
            Solved = solved,
        }), CancellationToken.None);
        if (answer.Rejection is { } rejection) return Problem.Of(rejection, context);
        var json = CaseJson.Of(answer.Case!, answer.Actions, caller.Pack);
        context.Response.Headers.ETag = Etag(answer.Case!);
        return TypedResults.Created($"/api/cases/{json.Id}", json);
    }

    static async Task<CaseResult> Get(string id, Caller caller, IGrainFactory grains, HttpContext context, CancellationToken cancellationToken)
    {
        var (view, actions) = await Find(id, caller, grains, cancellationToken);
        if (view is null) return Problem.Of(CaseRejections.NotFound, context);
        context.Response.Headers.ETag = Etag(view);
        return TypedResults.Ok(CaseJson.Of(view, actions, caller.Pack));
    }

    static async Task<Results<Ok<ListJson<CaseStepJson>>, ProblemHttpResult>> History(
        string id, int? limit, string? cursor, Caller caller, IGrainFactory grains, CaseQueries queries, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Paging.TryReadStep(cursor, out var after)) return Paging.Wrong(context);
        var (view, _) = await Find(id, caller, grains, cancellationToken);
        if (view is null) return Problem.Of(CaseRejections.NotFound, context);
        // A life has few steps: all of them, for nearly every case.
        var most = Paging.Limit(limit ?? Paging.Most);
        var steps = await queries.History(view.Id, after, most + 1, cancellationToken);
        var next = steps.Count > most ? Paging.StepCursor(steps[most - 1].Sequence) : null;
        return TypedResults.Ok(new ListJson<CaseStepJson>([.. steps.Take(most).Select(s => CaseStepJson.Of(s, caller.Pack))], next));
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Photo(
        string id, string photo, Caller caller, IGrainFactory grains, PhotoStore photos, HttpContext context, CancellationToken cancellationToken)
    {
        var (view, _) = await Find(id, caller, grains, cancellationToken);
        if (view is null || view.Photos.All(p => p.Id != photo) || await photos.Show(photo, cancellationToken) is not { } shown)
            return Problem.Of(CaseRejections.NotFound, context);
        // On a shared computer the next person asks again, and is judged again.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(shown.Bytes, shown.ContentType, entityTag: new($"\"{photo}\""));
    }

    static async Task<(CaseView? View, CaseSteps Actions)> Find(string id, Caller caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "N", out var guid)) return default;
        var answer = await grains.GetGrain<ICaseGrain>(guid).Get(caller.Id, cancellationToken);
        return (answer.Case, answer.Actions);
    }

    static async Task<Results<Ok<ListJson<CaseSummaryJson>>, ProblemHttpResult>> List(
        [AsParameters] CaseListQuery query, Caller caller, CaseQueries queries, HttpContext context, CancellationToken cancellationToken)
    {
        var fields = new Fields(Problem.IsEnglish(context));
        if (!Paging.TryRead(query.Cursor, out var before)) Paging.Wrong(fields);
        foreach (var (name, value) in new[] { ("text", query.Text), ("category", query.Category), ("claimant", query.Claimant), ("reporter", query.Reporter), ("area", query.Area) })
            fields.Text(name, value, 200, required: false);
        var statuses = Words.Filter(query.Status ?? []);
        if (statuses is null) fields.Wrong("status", "没有这个状态", "is no status of a case");
        if (!fields.AreValid) return Problem.Invalid(context, fields.Errors);
        var area = query.Area is null ? caller.Person.Home : caller.Area(query.Area);
        if (area is null) return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Reads(area)) return Problem.Of(CaseRejections.NotYourArea, context);

        var limit = Paging.Limit(query.Limit);
        var rows = await queries.List(new(area, caller.Id)
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
        }, cancellationToken);
        var next = rows.Count > limit ? Paging.Cursor(rows[limit - 1].ReportedAt, rows[limit - 1].Id) : null;
        return TypedResults.Ok(new ListJson<CaseSummaryJson>([.. rows.Take(limit).Select(r => CaseSummaryJson.Of(r, caller.Pack))], next));

        PersonId? Person(string? id) => id is null ? null : id == "me" ? caller.Id : new PersonId(caller.Id.Pack, id);
    }

    internal static string Etag(CaseView view) => string.Create(CultureInfo.InvariantCulture, $"\"{view.Version}\"");
}

/// <summary>What <c>GET /api/cases</c> can be asked for.</summary>
public sealed record CaseListQuery(
    [FromQuery(Name = "area")] string? Area, [FromQuery(Name = "status")] string[]? Status, [FromQuery(Name = "category")] string? Category,
    [FromQuery(Name = "claimant")] string? Claimant, [FromQuery(Name = "reporter")] string? Reporter, [FromQuery(Name = "text")] string? Text,
    [FromQuery(Name = "from")] DateTimeOffset? From, [FromQuery(Name = "to")] DateTimeOffset? To,
    [FromQuery(Name = "closedFrom")] DateTimeOffset? ClosedFrom, [FromQuery(Name = "closedTo")] DateTimeOffset? ClosedTo, [FromQuery(Name = "overdue")] bool? Overdue,
    [FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "cursor")] string? Cursor);
