using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Surveys;
using GridActors.Web.Problems;
using GridActors.Web.Registrations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Surveys;

/// <summary>What the code of an invitation opens.</summary>
/// <param name="Household">Where the one who is asked lives now.</param>
sealed record OpenInvitation(SurveyInvitation Invitation, SurveyView Survey, Guid Household, LoadedPack Pack);

/// <summary>Lets in who has the code of an invitation, and no faster than the limits of printed codes allow.</summary>
sealed class InvitationDoorkeeper(
    SurveyInvitations invitations,
    SurveyQueries queries,
    GrainReferences<ISurveyGrain> surveys,
    PublicCalls calls,
    IPacks packs
)
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
        if (
            await ActorCalls.Call(token => actor.Get(token), cancellationToken) is not { } survey
            || packs.Current.PackOf(survey.Area) is not { } pack
            || await queries.PlacesOf([invitation.Subject], cancellationToken) is not [var place]
            // What counts are the rights of whoever gave the code, as they are now.
            || !HouseholdAccess.Of(pack, invitation.MadeBy, place.Area, place.Worker).MayEdit
        )
            return (null, Problem.Of(CaseRejections.NotFound, context));
        return (new(invitation, survey, place.Household, pack), null);
    }
}
