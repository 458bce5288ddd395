using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Reassignments;
using GridActors.Domain.Packs;
using GridActors.Domain.Reassignments;
using GridActors.Storage.Households;
using GridActors.Storage.Reassignments;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Reassignments;

/// <summary>Households that go to other areas because the areas have changed: a proposal, the one step, and its undoing.</summary>
static class ReassignmentEndpoints
{
    const int MaxRules = 50;
    const int MaxRuleText = 60;

    /// <summary>The ids of all households that one step can have.</summary>
    const int MaxBytes = 1_000_000;

    public static void MapReassignments(this IEndpointRouteBuilder routes)
    {
        var group = routes
            .MapGroup("/api/reassignments")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds, CaseRejections.Unavailable);
        group
            .MapGet("/areas", Areas)
            .WithName("listChangedAreas")
            .WithSummary("List areas with households that belong elsewhere: gone, split, drawn anew, or with dwellings that moved")
            .WithDescription("Those where you may edit households. Areas that are gone come first.");
        group
            .MapPost("/proposal", Propose)
            .WithName("proposeReassignment")
            .WithSummary("Propose where the households of an area go")
            .WithDescription(
                "Changes nothing. A rule says that households whose address or door has a text go to an area; without one that matches, "
                    + "they go to the area of their dwelling or within whose border that lies, or to the only successor of an area that "
                    + "is gone. "
                    + "It is a POST so that no address stands in an address."
            )
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.NotYourArea);
        group
            .MapPost("/", Apply)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithName("applyReassignment")
            .WithSummary("Let households go to other areas, in one step")
            .WithDescription(
                "For a post that may edit households in the areas that they leave and in those that they go to. It goes on in the "
                    + "background: each goes once, and whose area somebody changes meanwhile stays."
            )
            .WithProblems(
                Problem.InvalidRequest,
                Problem.TooLarge,
                CaseRejections.NotYourArea,
                HouseholdRejections.WrongTarget,
                ReassignmentRejections.TooManyHouseholds,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown
            );
        group
            .MapGet("/", List)
            .WithName("listReassignments")
            .WithSummary("List the reassignments of the areas where you may edit households, the newest first")
            .WithProblems(Problem.InvalidRequest);
        group
            .MapGet("/{reassignment}", Get)
            .WithName("getReassignment")
            .WithSummary("Get how far a reassignment is, and who was left out")
            .WithProblems(CaseRejections.NotFound);
        group
            .MapPost("/{reassignment}/undo", Undo)
            .WithName("undoReassignment")
            .WithSummary("Undo a whole reassignment, within a day")
            .WithDescription("Households whose area somebody has changed again since stay, and are named.")
            .WithProblems(
                CaseRejections.NotFound,
                ReassignmentRejections.NotUndoable,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown
            );
    }

    static bool MayEdit(Caller caller, AreaNode area) => caller.Person.Over(area).Has(Permission.EditHouseholds);

    static async Task<Results<Ok<ListJson<ChangedAreaJson>>, ProblemHttpResult>> Areas(
        Caller caller,
        ReassignmentQueries queries,
        DwellingAreas dwellings,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack;
        if (pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var beyond = await dwellings.Beyond(pack, [.. pack.Areas.Values.Where(a => MayEdit(caller, a))], cancellationToken);
        var gone = pack.FormerAreas.Where(f => MayEdit(caller, f.StandIn));
        var split = pack
            .Areas.Values.SelectMany(a => a.Predecessors.Select(p => (From: pack.Areas.GetValueOrDefault(p), To: a)))
            .Where(s => s.From is not null && MayEdit(caller, s.From))
            .ToLookup(s => s.From!, s => s.To);
        var redrawn = beyond.Keys.Where(a => !split.Contains(a)).OrderBy(a => a.Left).ToList();
        var counts = await queries.Count(
            [
                .. gone.Select(f => f.Code)
                    .Concat(split.Select(s => s.Key).Concat(redrawn).Select(a => a.Code))
                    .Select(c => caller.AreaId(c).Key),
            ],
            cancellationToken
        );
        return TypedResults.Ok(
            new ListJson<ChangedAreaJson>(
                [
                    .. gone.Select(f => Json(f.Code, f.Name, true, f.Successors))
                        .Concat(split.Select(s => Json(s.Key.Code, s.Key.Name, false, s)))
                        .Concat(redrawn.Select(a => Json(a.Code, a.Name, false, [])))
                        .Where(c => c.Households > 0),
                ],
                null
            )
        );

        ChangedAreaJson Json(string code, string name, bool isGone, IEnumerable<AreaNode> successors) =>
            new(
                code,
                name,
                isGone,
                counts.GetValueOrDefault(caller.AreaId(code).Key),
                [.. successors.OrderBy(s => s.Left).Select(s => new SuccessorJson(s.Code, s.Name))],
                pack.Areas.TryGetValue(code, out var area) ? beyond.GetValueOrDefault(area) : 0
            );
    }

    static async Task<Results<Ok<ListJson<ProposedMoveJson>>, ProblemHttpResult>> Propose(
        ProposalRequest body,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        HouseholdQueries households,
        DwellingAreas dwellings,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var after))
            Paging.Wrong(fields);
        var from = fields.Text("from", body.From, 40);
        if (body.Rules is { Count: > MaxRules })
            fields.Wrong("rules", $"最多 {MaxRules} 条", $"has more than {MaxRules}");
        var rules = (body.Rules ?? [])
            .Take(MaxRules)
            .Select((r, i) => (Text: fields.Text($"rules[{i}].text", r.Text, MaxRuleText), To: Target($"rules[{i}].to", r.To)))
            .ToList();
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Pack.StandIn(from) is not { } standIn)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!MayEdit(caller, standIn))
            return Problem.Of(CaseRejections.NotYourArea, context);
        var proposal = new ReassignmentProposal(
            caller.Pack.Former(from)?.OnlySuccessor,
            [.. rules.Select(r => new AddressRule(r.Text, r.To!))]
        );
        var size = Paging.Limit(limit);
        var (rows, _) = await households.List(new([caller.AreaId(from).Key]) { After = after, Limit = size + 1 }, cancellationToken);
        var elsewhere = await dwellings.Of(caller.Pack, rows, cancellationToken);
        return TypedResults.Ok(
            Paging.Page(rows, size, r => (r.CreatedAt, r.Id), r => ProposedMoveJson.Of(r, proposal.For(r.Fields, Dwelling(r)), caller))
        );

        // Nobody can let households go to an area where they may not edit any.
        ProposedMove? Dwelling(HouseholdRow row) =>
            elsewhere.GetValueOrDefault(row.Id) is { } move && MayEdit(caller, move.To) ? move : null;

        AreaNode? Target(string name, string? code)
        {
            if (caller.Area(code) is { } area && MayEdit(caller, area))
                return area;
            fields.Wrong(name, "没有这个区域，或不在您的岗位范围内", "is no area of your posts");
            return null;
        }
    }

    static async Task<Results<Accepted<ReassignmentJson>, ProblemHttpResult>> Apply(
        ReassignmentRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        GrainReferences<IReassignmentGrain> reassignments,
        ReassignmentQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        var moves = new List<(Guid Household, AreaId To)>();
        foreach (var (i, move) in (body.Moves ?? []).Index())
        {
            var to = caller.AreaId(fields.Text($"moves[{i}].to", move.To, 40));
            foreach (var id in move.Households ?? [])
                if (Guid.TryParseExact(id, "N", out var household))
                    moves.Add((household, to));
                else
                    fields.Wrong($"moves[{i}].households", "不是编号", "has what is no id");
        }
        if (moves.Count == 0)
            fields.Wrong("moves", "必填", "is needed");
        if (!fields.AreValid)
            return fields.Problem(context);
        if (moves.Count > ReassignmentDecider.MaxHouseholds)
            return Problem.Of(ReassignmentRejections.TooManyHouseholds, context);
        var created = headers.NewId(caller.Id, "reassignment");
        var areas = await queries.AreasOf([.. moves.Select(m => m.Household)], cancellationToken);
        // A repeat finds the households where they have gone already: what the first call began is what it asks for.
        if (await queries.Find(created, cancellationToken) is { } begun && begun.By == caller.Id)
            return Answer(begun);
        // Whoever may not edit where a household is doesn't learn whether there is one.
        if (moves.Any(m => !areas.TryGetValue(m.Household, out var area) || Edited(caller, area) is null))
            return Problem.Of(HouseholdRejections.WrongTarget, context);
        var command = new ApplyReassignment
        {
            By = caller.Id,
            Parts =
            [
                .. moves
                    .GroupBy(m => (From: areas[m.Household], m.To), m => m.Household)
                    .Where(g => g.Key.From != g.Key.To)
                    .Select(g => new ReassignmentPart(g.Key.From, g.Key.To, [.. g])),
            ],
        };
        var actor = reassignments.Of(created);
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        if (answer.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        return await queries.Find(created, cancellationToken) is { } found ? Answer(found) : Problem.Of(CaseRejections.NotFound, context);

        Accepted<ReassignmentJson> Answer(ListedReassignment listed) =>
            TypedResults.Accepted($"/api/reassignments/{listed.Id:N}", ReassignmentJson.Of(listed, caller.Pack, clock.GetUtcNow()));
    }

    static async Task<Results<Ok<ListJson<ReassignmentJson>>, ProblemHttpResult>> List(
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        ReassignmentQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        if (!Paging.TryRead(cursor, out var before))
            return Paging.Wrong(context);
        var areas = caller.Pack.Areas.Values.Where(a => MayEdit(caller, a)).SelectMany(a => a.WithFormer).Select(a => a.Key).ToList();
        var size = Paging.Limit(limit);
        var found = await queries.List(caller.Id, areas, before, size + 1, cancellationToken);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(Paging.Page(found, size, r => (r.At, r.Id), r => ReassignmentJson.Of(r, caller.Pack, now)));
    }

    static async Task<Results<Ok<ReassignmentJson>, ProblemHttpResult>> Get(
        string reassignment,
        Caller caller,
        ReassignmentQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await Find(reassignment, caller, queries, cancellationToken) is { } found
            ? TypedResults.Ok(ReassignmentJson.Of(found, caller.Pack, clock.GetUtcNow()))
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<Accepted<ReassignmentJson>, ProblemHttpResult>> Undo(
        string reassignment,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        GrainReferences<IReassignmentGrain> reassignments,
        ReassignmentQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await Find(reassignment, caller, queries, cancellationToken) is not { } found)
            return Problem.Of(CaseRejections.NotFound, context);
        var command = new UndoReassignment { By = caller.Id };
        command = command with { Operation = headers.OperationOf(caller.Id, command) };
        var actor = reassignments.Of(found.Id);
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        if (answer.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        return await queries.Find(found.Id, cancellationToken) is { } undone
            ? TypedResults.Accepted($"/api/reassignments/{undone.Id:N}", ReassignmentJson.Of(undone, caller.Pack, clock.GetUtcNow()))
            : Problem.Of(CaseRejections.NotFound, context);
    }

    /// <summary>Null when there is none, or it is none of the caller's areas.</summary>
    static async Task<ListedReassignment?> Find(
        string reassignment,
        Caller caller,
        ReassignmentQueries queries,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParseExact(reassignment, "N", out var id)
        && await queries.Find(id, cancellationToken) is { } found
        && found.Area.Pack == caller.Pack.Pack.Id
        && (found.By == caller.Id || Edited(caller, found.Area) is not null)
            ? found
            : null;

    static AreaNode? Edited(Caller caller, AreaId area) =>
        area.Pack == caller.Pack.Pack.Id && caller.Pack.StandIn(area.Code) is { } node && MayEdit(caller, node) ? node : null;
}
