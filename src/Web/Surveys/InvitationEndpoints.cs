using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Registrations;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Surveys;

/// <summary>
/// Households and residents answer a survey themselves, by a code that a worker gives them. The public calls look at no session, say
/// nothing of who is asked, and take codes in bodies, so that they stand in no log of addresses.
/// </summary>
static class InvitationEndpoints
{
    const int MaxSubjects = 100;
    const int MaxBody = 32 * 1024;

    public static void MapInvitations(this IEndpointRouteBuilder survey) =>
        survey
            .MapPost("/invitations", Invite)
            .WithName("inviteToSurvey")
            .WithSummary("Make codes by which households or residents answer themselves")
            .WithDescription(
                "A code is answered once, and isn't kept; a newer one takes the place of an older one. For a post that may edit these "
                    + "households. A code is good while the survey is answered and its maker may do so."
            )
            .WithProblems(Problem.InvalidRequest, CaseRejections.OutcomeUnknown);

    public static void MapPublicSurveys(this IEndpointRouteBuilder routes)
    {
        var invited = routes
            .MapGroup("/api/public/surveys")
            .AllowAnonymous()
            .WithSmallBody(MaxBody)
            .WithTags("Surveys")
            .WithProblems(
                Problem.InvalidRequest,
                Problem.TooManyRequests,
                Problem.TooLarge,
                Problem.TooSlow,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );
        invited
            .MapPost("/form", Form)
            .WithName("openInvitation")
            .WithSummary("Get what is asked, by a code")
            .WithDescription("Needs no session.");
        invited
            .MapPost("/answers", Answer)
            .WithName("answerInvitation")
            .WithSummary("Answer by a code")
            .WithDescription("Needs no session. There is one sheet for each household or resident, and a code corrects nothing.")
            .WithProblems(
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion,
                SurveyRejections.Closed,
                SurveyRejections.NotOpen,
                SurveyRejections.NotAsked,
                SurveyRejections.AlreadyAnswered,
                SurveyRejections.WrongAnswers
            );
    }

    static async Task<Results<Ok<ListJson<InvitationJson>>, ProblemHttpResult>> Invite(
        string survey,
        InviteRequest body,
        Caller caller,
        SurveyQueries queries,
        SurveyInvitations invitations,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await SurveyEndpoints.Find(survey, caller, queries, cancellationToken) is not { Status: SurveyStatus.Published } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var fields = Fields.Of(context);
        var subjects = new List<Guid>();
        foreach (var (i, text) in (body.Subjects ?? []).Take(MaxSubjects + 1).Index())
            if (Guid.TryParseExact(text, "N", out var subject))
                subjects.Add(subject);
            else
                fields.Wrong($"subjects[{i}]", "不是编号", "is no id");
        if (subjects.Count > MaxSubjects)
            fields.Wrong("subjects", $"一次最多 {MaxSubjects} 个", $"are more than {MaxSubjects}");
        else if (subjects.Count == 0 && fields.AreValid)
            fields.Wrong("subjects", "必填", "is needed");
        if (!fields.AreValid)
            return fields.Problem(context);
        var wanted = subjects.Distinct().ToList();
        var places = await queries.PlacesOf(wanted, cancellationToken);
        // Whoever may not edit a household doesn't learn whether there is one.
        if (places.Count < wanted.Count || places.Any(p => !HouseholdAccess.Of(caller.Pack, caller.Id, p.Area, p.Worker).MayEdit))
            return Problem.Of(CaseRejections.NotFound, context);
        var made = places
            .Select(p => (Code: RegistrationSecrets.New(), New: new SurveyInvitation(Guid.CreateVersion7(), view.Id, p.Subject, caller.Id)))
            .ToList();
        await invitations.Add([.. made.Select(m => (m.New, RegistrationSecrets.HashOf(m.Code)))], clock.GetUtcNow(), cancellationToken);
        return TypedResults.Ok(
            new ListJson<InvitationJson>([.. made.Select(m => new InvitationJson(m.New.Subject.ToString("N"), m.Code))], null)
        );
    }

    static async Task<Results<Ok<InvitedSurveyJson>, ProblemHttpResult>> Form(
        OpenInvitationRequest body,
        InvitationDoorkeeper keeper,
        GrainReferences<ISheetGrain> sheets,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (invited, problem) = await keeper.Open(body.Code, context, cancellationToken);
        if (invited is not var (invitation, survey, _, pack))
            return problem!;
        var actor = sheets.Of(SheetIds.Of(survey.Id, invitation.Subject));
        var sheet = (await ActorCalls.Call(token => actor.Get(invitation.MadeBy, token), cancellationToken)).Sheet;
        var isOpen = survey.Status == SurveyStatus.Published && survey.Definition.IsOpenOn(pack.Day(clock.GetUtcNow()));
        var state =
            sheet is { Status: SheetStatus.Answered } ? "answered"
            : isOpen ? "open"
            : "closed";
        var definition = SurveyDefinitionJson.Of(survey.Definition);
        return TypedResults.Ok(
            new InvitedSurveyJson(
                pack.Pack.Name,
                pack.Pack.NameEn,
                definition.Title,
                definition.TitleEn,
                definition.Purpose,
                definition.Until,
                definition.Subject,
                state,
                state == "open" ? definition.Questions : []
            )
        );
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Answer(
        AnswerInvitationRequest body,
        InvitationDoorkeeper keeper,
        GrainReferences<ISheetGrain> sheets,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (invited, problem) = await keeper.Open(body.Code, context, cancellationToken);
        if (invited is not var (invitation, survey, household, pack))
            return problem!;
        var fields = Fields.Of(context);
        var given = (body.Answers ?? ImmutableDictionary<string, string?>.Empty).ToDictionary(a => a.Key, a => a.Value ?? "");
        var answers = SheetEndpoints.ReadAnswers(survey, given, pack.Day(clock.GetUtcNow()), fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        var by = PersonId.Service(pack.Pack.Id);
        var command = new AnswerInvitation
        {
            // One answer for each code: the same one again has no effect, and another one is refused.
            Operation = OperationIds.Of(by.Key, $"invitation {invitation.Id:N}", JsonSerializer.SerializeToUtf8Bytes(answers)),
            By = by,
            Survey = survey.Id,
            Household = household,
            Subject = invitation.Subject,
            Answers = answers,
            InvitedBy = invitation.MadeBy,
        };
        var actor = sheets.Of(SheetIds.Of(survey.Id, invitation.Subject));
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        return answer.Rejection switch
        {
            null => TypedResults.NoContent(),
            // Who gave the code may no longer fill in for this household, so that it opens nothing.
            CaseRejections.NotPermitted => Problem.Of(CaseRejections.NotFound, context),
            CaseRejections.KeyReused => Problem.Of(SurveyRejections.AlreadyAnswered, context),
            var rejection => Problem.Of(rejection, context),
        };
    }
}
