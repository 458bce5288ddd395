using GridActors.Domain.Packs;
using GridActors.Storage.Accounts;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Sessions;

/// <summary>
/// The calls that somebody may make who has signed in and isn't done yet: a password that somebody else gave is changed first, then the
/// second factor is set up that a post asks for.
/// </summary>
static class FirstCalls
{
    sealed class BeforePasswordChange;

    sealed class BeforeSecondFactor;

    public static TBuilder OpenBeforePasswordChange<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BeforePasswordChange()).OpenBeforeSecondFactor();

    public static TBuilder OpenBeforeSecondFactor<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BeforeSecondFactor());

    /// <returns>The problem that a call is answered with; null when nothing keeps it.</returns>
    public static string? Needed(Session session, PersonEntry person, Endpoint? called)
    {
        if (session.MustChangePassword && called?.Metadata.GetMetadata<BeforePasswordChange>() is null)
            return Problem.PasswordChangeNeeded;
        // Which factors the county's identity provider asks for is its own matter.
        var isMissing = person.NeedsSecondFactor && !session.HasSecondFactor && !session.ByProvider;
        return isMissing && called?.Metadata.GetMetadata<BeforeSecondFactor>() is null ? Problem.SecondFactorNeeded : null;
    }
}
