using Microsoft.Extensions.Logging;

namespace GridActors.Web.Sessions;

public sealed partial class ProviderSignIn
{
    [LoggerMessage(4201, LogLevel.Warning, "A sign-in with the identity provider failed.")]
    partial void LogFailed(Exception exception);

    [LoggerMessage(
        4202,
        LogLevel.Error,
        "The identity provider signed somebody in without the claim {Claim}, which OpenId:PersonClaim names."
    )]
    partial void LogClaimMissing(string claim);
}
