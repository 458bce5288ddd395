using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using CaseResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    GridActors.Web.GeneratedOk<GridActors.Web.Cases.CaseJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Cases;

/// <summary>A case that may be of the same matter.</summary>
/// <param name="Score">How likely it is, from 0 to 1.</param>
/// <param name="Metres">How far away it is; null where one of the two has no position.</param>
/// <param name="Earlier">It was reported before: the case may be merged into it. Otherwise it may be merged into the case.</param>
public sealed record SimilarCaseJson(double Score, int? Metres, bool Earlier, CaseSummaryJson Case);

/// <summary>The case into which another one was merged.</summary>
/// <param name="Status">Its status.</param>
public sealed record MainCaseJson(string Id, string Number, string Status)
{
    public static MainCaseJson? Of(MainCase? main) =>
        main is null ? null : new(main.Id.ToString("N"), main.Number, ApiNames.Of(main.Status));
}

/// <summary>A case that was merged into another one.</summary>
public sealed record DuplicateCaseJson(string Id, string Number)
{
    public static DuplicateCaseJson? Of(DuplicateCase? duplicate) =>
        duplicate is null ? null : new(duplicate.Id.ToString("N"), duplicate.Number);
}

/// <summary>Finding and merging duplicates.</summary>
static class DuplicateEndpoints
{
    /// <summary>How many cases are suggested at most.</summary>
    const int MaxSuggested = 5;

    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapDuplicates(this RouteGroupBuilder steps)
    {
        steps
            .MapGet("/duplicates", Find)
            .WithName("listSimilarCases")
            .WithSummary("List open cases that may be of the same matter")
            .WithDescription(
                "By category, place, time and words, the likeliest first; five at most. Only cases that the caller may see are listed."
            );
        steps
            .MapPost("/merge", Merge)
            .WithName("mergeCase")
            .WithSummary("Merge a case into an earlier one of the same matter")
            .WithDescription(
                "It is closed together with that one, and its reporter is told of that one's steps. For a post that may close where both "
                    + "cases are. A confidential case is merged into a confidential one of the same category alone."
            )
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.WrongStatus, CaseRejections.NotMergeable);
    }

    static async Task<Results<Ok<ListJson<SimilarCaseJson>>, ProblemHttpResult>> Find(
        string id,
        Caller caller,
        GrainReferences<ICaseGrain> cases,
        DuplicateQueries queries,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = cases.Of(guid);
        var view = (await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken)).Case;
        if (view is null)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        var similar = caller.Area(view.Area.Code) is { } area ? await Similar(view, area, caller, queries, cancellationToken) : [];
        access.Listed(caller, similar.Select(s => s.Candidate.Case));
        var now = time.GetUtcNow();
        var items = similar.Select(s => new SimilarCaseJson(
            Math.Round(s.Score, 2),
            DuplicateScore.Metres(view.Position, s.Candidate.At) is { } metres ? (int)metres : null,
            MergeDecider.IsEarlier(s.Candidate.Case, view),
            CaseSummaryJson.Of(s.Candidate.Case, caller.Pack, now)
        ));
        return TypedResults.Ok(new ListJson<SimilarCaseJson>([.. items], null));
    }

    static async Task<IReadOnlyList<(CandidateCase Candidate, double Score)>> Similar(
        CaseView view,
        AreaNode area,
        Caller caller,
        DuplicateQueries queries,
        CancellationToken cancellationToken
    )
    {
        var category = caller.Pack.CategoryOf(view.Category);
        // Two people choose different categories of one class for the same matter, and a border isn't far away.
        IReadOnlyList<string> categories =
            view.Confidential || category is null
                ? [view.Category]
                : [.. caller.Pack.Pack.Categories.Where(c => c.Class == category.Class).Select(c => c.Code)];
        var under = area.Parent?.Parent ?? area.Parent ?? area;
        var candidates = await queries.Near(view, under, categories, DuplicateScore.Window, caller.Id, cancellationToken);
        return
        [
            .. candidates
                .Where(c => c.Case.Confidential || Sees(c.Case, caller))
                .Select(c => (c, DuplicateScore.Of(new(view, view.Position, c.Case, c.At, c.Case.Area == view.Area))))
                .Where(c => c.Item2 >= DuplicateScore.Least)
                .OrderByDescending(c => c.Item2)
                .Take(MaxSuggested),
        ];
    }

    /// <summary>Confidential cases are found for the people whom they concern alone; the others, for those who read there, too.</summary>
    static bool Sees(CaseRow row, Caller caller) =>
        row.Reporter == caller.Id
        || row.Claimant == caller.Id
        || row.OfferedTo.Contains(caller.Id)
        || (caller.Area(row.Area.Code) is { } area && caller.Reads(area));

    static Task<CaseResult> Merge(
        string id,
        MergeRequest body,
        Caller caller,
        [Microsoft.AspNetCore.Http.AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("into", body.Into, CaseStepEndpoints.MaxId);
        var reason = fields.Text("reason", body.Reason, CaseStepEndpoints.MaxReason);
        if (!Guid.TryParseExact(text, "N", out var into) && text.Length > 0)
            fields.Wrong("into", "不是事项的编号", "is no id of a case");
        var command = new MergeCase
        {
            By = caller.Id,
            Into = into,
            Reason = reason,
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }
}
