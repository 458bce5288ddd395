using GridActors.Contracts.Cases;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using QRCoder;

namespace GridActors.Web.Sessions;

/// <param name="Secret">To type into an authenticator app that can't scan.</param>
/// <param name="Uri">The same as an <c>otpauth</c> address.</param>
/// <param name="Qr">The address as a QR code: an SVG picture.</param>
/// <param name="Ticket">Comes back with the first code.</param>
public sealed record SecondFactorSetupJson(string Secret, string Uri, string Qr, string Ticket, DateTimeOffset ValidUntil);

/// <param name="Code">What the app shows.</param>
/// <param name="Password">One's password, to replace a second factor.</param>
/// <param name="PresentCode">A code of the second factor that is replaced, or a recovery code.</param>
public sealed record SetSecondFactorRequest(string? Ticket, string? Code, string? Password = null, string? PresentCode = null);

/// <param name="RecoveryCodes">Shown once. Each stands in for a code, once.</param>
public sealed record RecoveryCodesJson(IReadOnlyList<string> RecoveryCodes);

/// <summary>Setting up one's own second factor.</summary>
public static class SecondFactorEndpoints
{
    public static void MapSecondFactor(this IEndpointRouteBuilder routes)
    {
        var factor = routes
            .MapGroup("/api/me/second-factor")
            .RequireAuthorization()
            .OpenBeforeSecondFactor()
            .WithTags("Session")
            .WithProblems(Problem.NotSignedIn, CaseRejections.OutcomeUnknown);
        factor
            .MapPost("/setup", Prepare)
            .WithName("prepareSecondFactor")
            .WithSummary("Get a secret for an authenticator app")
            .WithDescription("Nothing changes until a code of the app comes back with the ticket.");
        factor
            .MapPost("", Set)
            .WithSmallBody()
            .WithName("setSecondFactor")
            .WithSummary("Set up your second factor")
            .WithDescription("From then on you sign in with a code, too. Every other session of yours ends.")
            .WithProblems(
                Problem.InvalidRequest,
                Problem.WrongCredentials,
                Problem.CodeNeeded,
                Problem.WrongCode,
                Problem.ProviderOnly,
                Problem.TooSlow,
                Problem.TooLarge,
                Problem.Locked,
                CaseRejections.Busy
            );
    }

    static SecondFactorSetupJson Prepare(Caller caller, SecondFactors factors)
    {
        var setup = factors.Prepare(caller.Id, caller.Pack.Pack.Name);
        using var code = QRCodeGenerator.GenerateQrCode(setup.Uri, QRCodeGenerator.ECCLevel.L);
        using var picture = new SvgQRCode(code);
        var svg = picture.GetGraphic(new System.Drawing.Size(240, 240), sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
        return new(setup.Secret, setup.Uri, svg, setup.Ticket, setup.ValidUntil);
    }

    static async Task<Results<Ok<RecoveryCodesJson>, ProblemHttpResult>> Set(
        SetSecondFactorRequest request,
        Caller caller,
        Accounts accounts,
        SecondFactors factors,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        // Whoever finds an open session must not put their own phone in the place of the owner's.
        if (await factors.IsSet(caller.Id, cancellationToken))
        {
            var attempt = new SignInAttempt(
                caller.Id.Key,
                request.Password ?? "",
                caller.Address,
                context.Request.Cookies[SessionEndpoints.DeviceCookie]
            )
            {
                Code = request.PresentCode,
            };
            var check = await accounts.SignIn(attempt, cancellationToken);
            if (check.Person is null)
                return SessionEndpoints.Refuse(check, context);
        }
        var entry = new AccessEntry(AccessKind.SecondFactorSet, caller.Id, caller.Address);
        var codes = await factors.Set(caller.Id, (request.Ticket ?? "", request.Code ?? ""), (caller.Token, entry), cancellationToken);
        if (codes is not null)
            return TypedResults.Ok(new RecoveryCodesJson(codes));
        var fields = Fields.Of(context);
        fields.Wrong("code", "不对，或设置已过期，请重新扫码", "is wrong, or the set-up has expired: scan the new picture");
        return fields.Problem(context);
    }
}
