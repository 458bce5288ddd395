using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Consultations;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Consultations;

/// <summary>Consultations: their list and figures, one with its opinions, and the steps in it.</summary>
static class ConsultationEndpoints
{
    public static void MapConsultations(this IEndpointRouteBuilder routes)
    {
        var consultations = routes
            .MapGroup("/api/consultations")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Cases")
            .WithProblems(Problem.NotSignedIn);
        consultations
            .MapGet("/", List)
            .WithName("listConsultations")
            .WithSummary("List the consultations of an area and everything below it")
            .WithDescription("The newest comes first. Those about confidential cases are listed for the people they concern alone.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        consultations
            .MapGet("/figures", Figures)
            .WithName("getConsultationFigures")
            .WithSummary("Count the consultations of a year by area")
            .WithDescription("Those about confidential cases aren't counted.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        consultations
            .MapGet("/{consultation}", Get)
            .WithName("getConsultation")
            .WithSummary("Get a consultation with its opinions and its decision")
            .WithDescription("For everybody who may see its case.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        var steps = consultations
            .MapGroup("/{consultation}")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.WrongStatus,
                CaseRejections.AlreadyDecided,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        steps
            .MapPost("/opinion", GiveOpinion)
            .WithName("giveOpinion")
            .WithSummary("Give the opinion of a party")
            .WithDescription("For whoever holds a post of the party. It is taken late, too, until the consultation is decided.")
            .WithProblems(CaseRejections.NotAParty);
        steps
            .MapPost("/decide", Decide)
            .WithName("decideConsultation")
            .WithSummary("Record the decision of a consultation")
            .WithDescription(
                "With tasks for people or posts, each by a term. For who called the consultation, or who holds the post now in whose "
                    + "name it was called; when there are enough opinions, or their time is over."
            )
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.RecipientNotEntitled, CaseRejections.OpinionsMissing);
    }

    static async Task<Results<Ok<ListJson<ListedConsultationJson>>, ProblemHttpResult>> List(
        [Description("Code of the area; by default the caller's home.")] string? area,
        [Description("Only those that stand so: `open` (also those that are overdue), `overdue`, `decided` or `closed`.")] string? state,
        [Description("Only those that were called in this year.")] int? year,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        ConsultationQueries queries,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var before))
            Paging.Wrong(fields);
        var wanted = fields.Filter("state", state);
        var only = Enum.GetValues<ConsultationStatus>().Cast<ConsultationStatus?>().FirstOrDefault(s => ApiNames.Of(s!.Value) == wanted);
        if (wanted is not null && only is null)
            fields.Wrong("state", "没有这个状态", "is no state of a consultation");
        var (from, to) = year is { } asked ? Year(fields, asked, caller.Pack) : (null, null);
        var (under, problem) = Area(fields, area, caller, context);
        if (under is null)
            return problem!;

        var size = Paging.Limit(limit);
        var now = clock.GetUtcNow();
        var listed = await queries.List(under, caller.Id, only, from, to, now, before, size + 1, cancellationToken);
        access.Listed(caller, listed.Take(size).Select(n => n.Case));
        return TypedResults.Ok(Paging.Page(listed, size, l => (l.CalledAt, l.Id), l => ListedConsultationJson.Of(l, caller.Pack, now)));
    }

    static async Task<Results<Ok<ConsultationFiguresJson>, ProblemHttpResult>> Figures(
        [Description("Code of the area; by default the caller's home.")] string? area,
        [Description("The year; by default this one.")] int? year,
        Caller caller,
        ConsultationQueries queries,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var counted = year ?? caller.Pack.Day(clock.GetUtcNow()).Year;
        var (from, to) = Year(fields, counted, caller.Pack);
        var (under, problem) = Area(fields, area, caller, context);
        if (under is null)
            return problem!;
        var counts = await queries.Count(under, from!.Value, to!.Value, cancellationToken);
        var figures = counts.Select(c => ConsultationCountJson.Of(c, caller.Pack)).ToList();
        return TypedResults.Ok(new ConsultationFiguresJson(counted, figures[0], figures[1..]));
    }

    static async Task<Results<Ok<ConsultationJson>, ProblemHttpResult>> Get(
        string consultation,
        Caller caller,
        GrainReferences<IConsultationGrain> consultations,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(consultation, "N", out var guid))
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = consultations.Of(guid);
        var answer = await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken);
        return Answered(answer, caller, access, clock, context);
    }

    static Task<Results<Ok<ConsultationJson>, ProblemHttpResult>> GiveOpinion(
        string consultation,
        OpinionRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IConsultationGrain> consultations,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var command = new GiveOpinion
        {
            By = caller.Id,
            Text = fields.Text("text", body.Text, CaseStepEndpoints.MaxText),
            Party = fields.Filter("party", body.Party),
        };
        return Submit(consultation, command, fields, headers, caller, consultations, access, clock, context);
    }

    static Task<Results<Ok<ConsultationJson>, ProblemHttpResult>> Decide(
        string consultation,
        DecisionRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IConsultationGrain> consultations,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var command = new DecideConsultation
        {
            By = caller.Id,
            Text = fields.Text("text", body.Text, CaseStepEndpoints.MaxText),
            Tasks = TaskOrders.Of(fields, body.Tasks, caller),
        };
        return Submit(consultation, command, fields, headers, caller, consultations, access, clock, context);
    }

    static async Task<Results<Ok<ConsultationJson>, ProblemHttpResult>> Submit(
        string consultation,
        ConsultationCommand command,
        Fields fields,
        WriteHeaders headers,
        Caller caller,
        GrainReferences<IConsultationGrain> consultations,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context
    )
    {
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!Guid.TryParseExact(consultation, "N", out var guid))
            return Problem.Of(CaseRejections.NotFound, context);
        var actor = consultations.Of(guid);
        command = command with { Operation = headers.OperationOf(command.By, command) };
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        return Answered(answer, caller, access, clock, context);
    }

    static Results<Ok<ConsultationJson>, ProblemHttpResult> Answered(
        ConsultationAnswer answer,
        Caller caller,
        AccessJournal access,
        ServiceTime clock,
        HttpContext context
    )
    {
        if (answer.Rejection is { } rejection)
            return Problem.Of(rejection, context);
        access.Read(caller, answer.Case!);
        return TypedResults.Ok(ConsultationJson.Of(answer, caller.Pack, clock.GetUtcNow()));
    }

    /// <returns>The area that is asked for, or why there is none.</returns>
    static (AreaNode? Area, ProblemHttpResult? Problem) Area(Fields fields, string? area, Caller caller, HttpContext context)
    {
        var code = fields.Filter("area", area);
        if (!fields.AreValid)
            return (null, fields.Problem(context));
        var under = code is null ? caller.Person.Home : caller.Area(code);
        if (under is null)
            return (null, Problem.Of(CaseRejections.NotFound, context));
        return caller.Reads(under) ? (under, null) : (null, Problem.Of(CaseRejections.NotYourArea, context));
    }

    /// <summary>When a year of the pack begins and ends.</summary>
    static (DateTimeOffset? From, DateTimeOffset? To) Year(Fields fields, int year, LoadedPack pack)
    {
        if (year is >= 2000 and <= 2999)
            return (pack.Start(new(year, 1, 1)), pack.Start(new(year + 1, 1, 1)));
        fields.Wrong("year", "应在 2000 至 2999 之间", "is between 2000 and 2999");
        return (null, null);
    }
}
