using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Packs;
using GridActors.Storage.Surveys;
using GridActors.Web.Problems;
using GridActors.Web.Registrations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Surveys;

/// <summary>What the code of an invitation opens.</summary>
sealed record OpenInvitation(SurveyInvitation Invitation, SurveyView Survey, LoadedPack Pack);

/// <summary>Lets in who has the code of an invitation, and no faster than the limits of printed codes allow.</summary>
sealed class InvitationDoorkeeper(SurveyInvitations invitations, GrainReferences<ISurveyGrain> surveys, PublicCalls calls, IPacks packs)
{
    /// <returns>What it opens, or why it opens nothing.</returns>
    public async Task<(OpenInvitation? Invited, ProblemHttpResult? Problem)> Open(
        string? code,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!calls.Take(context))
            return (null, Problem.Of(Problem.TooManyRequests, context));
        if (
            !RegistrationSecrets.IsOne(code)
            || await invitations.Find(RegistrationSecrets.HashOf(code!), cancellationToken) is not { } invitation
        )
            return (null, Problem.Of(CaseRejections.NotFound, context));
        if (!calls.Take(invitation.Id))
            return (null, Problem.Of(Problem.TooManyRequests, context));
        var actor = surveys.Of(invitation.Survey);
        return
            await ActorCalls.Call(token => actor.Get(token), cancellationToken) is { } survey
            && packs.Current.PackOf(survey.Area) is { } pack
            ? (new(invitation, survey, pack), null)
            : (null, Problem.Of(CaseRejections.NotFound, context));
    }
}
