using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Sessions;

public sealed record ChangePasswordRequest(string? Current, string? Password);

/// <param name="Current">The session of this call.</param>
public sealed record OwnSessionJson(
    string Id,
    DateTimeOffset BegunAt,
    DateTimeOffset SeenAt,
    DateTimeOffset ExpiresAt,
    string Device,
    string Network,
    bool Current
);

public sealed record PhoneKeyJson([property: Description("32 bytes in Base64.")] string Key);

/// <summary>One's own password and sessions.</summary>
public static class OwnAccountEndpoints
{
    public static void MapOwnAccount(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/me").RequireAuthorization().WithTags("Session").WithProblems(Problem.NotSignedIn);
        me.MapPost("/password", ChangePassword)
            .WithSmallBody()
            .OpenBeforePasswordChange()
            .WithName("changePassword")
            .WithSummary("Change your own password")
            .WithDescription("Every other session of yours ends.")
            .WithProblems(
                Problem.InvalidRequest,
                Problem.ProviderOnly,
                Problem.TooSlow,
                Problem.TooLarge,
                Problem.Locked,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown
            );
        me.MapPost("/phone-key", PhoneKey)
            .WithName("getPhoneKey")
            .WithSummary("Get the key with which your phones seal what they keep")
            .WithDescription(
                "AES-256, always the same for a person. A phone imports it so that it can't be read again, and destroys it "
                    + "when its session "
                    + "ends: what it keeps can be opened when the same person has signed in anew, by nobody else. A POST, so that "
                    + "nothing on "
                    + "the way keeps the answer."
            )
            .WithProblems(CaseRejections.Unavailable);
        me.MapGet("/sessions", List)
            .WithName("listSessions")
            .WithSummary("List your own sessions")
            .WithProblems(CaseRejections.Unavailable);
        me.MapDelete("/sessions/{session}", End)
            .WithName("endSession")
            .WithSummary("End one of your own sessions")
            .WithProblems(CaseRejections.NotFound, CaseRejections.OutcomeUnknown);
        me.MapDelete("/sessions", EndAll)
            .WithName("endAllSessions")
            .WithSummary("Sign out everywhere")
            .WithDescription("This session ends too, unless `others` is true.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> ChangePassword(
        ChangePasswordRequest request,
        Caller caller,
        Accounts accounts,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var password = request.Password ?? "";
        if (PasswordRules.Check(password, caller.Id, caller.Person.Name) is { } weakness)
            fields.Weak("password", weakness);
        else if (password == request.Current)
            fields.Wrong("password", "不能与原密码相同", "is the old one");
        if (!fields.AreValid)
            return fields.Problem(context);
        // Checked like a sign-in, locks included: somebody with a stolen session must not guess here either.
        var (address, device) = (caller.Address, context.Request.Cookies[SessionEndpoints.DeviceCookie]);
        var attempt = new SignInAttempt(caller.Id.Key, request.Current ?? "", address, device) { IsPasswordAlone = true };
        var check = await accounts.SignIn(attempt, cancellationToken);
        if (check.Person is null)
        {
            if (check.Refusal != SignInRefusal.WrongCredentials)
                return SessionEndpoints.Refuse(check, context);
            fields.Wrong("current", "原密码不对", "is wrong");
            return fields.Problem(context);
        }
        await accounts.SetPassword(
            new(caller.Id, password, new(AccessKind.PasswordChanged, caller.Id, address)) { Keep = caller.Token },
            cancellationToken
        );
        return TypedResults.NoContent();
    }

    static async Task<Ok<PhoneKeyJson>> PhoneKey(Caller caller, PhoneKeys keys, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new PhoneKeyJson(Convert.ToBase64String(await keys.Of(caller.Id, cancellationToken))));
    }

    static async Task<Ok<ListJson<OwnSessionJson>>> List(
        Caller caller,
        Storage.Accounts.Sessions sessions,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            new ListJson<OwnSessionJson>(
                [
                    .. (await sessions.Of(caller.Id, caller.Token, cancellationToken)).Select(s => new OwnSessionJson(
                        s.Id.ToString("N"),
                        s.BegunAt,
                        s.SeenAt,
                        s.ExpiresAt,
                        s.Device,
                        s.Network,
                        s.IsThis
                    )),
                ],
                null
            )
        );

    static async Task<Results<NoContent, ProblemHttpResult>> End(
        string session,
        Caller caller,
        Storage.Accounts.Sessions sessions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var entry = new AccessEntry(AccessKind.SessionEnded, caller.Id, caller.Address);
        return Guid.TryParseExact(session, "N", out var guid) && await sessions.End(caller.Id, guid, entry, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Of(CaseRejections.NotFound, context);
    }

    static async Task<NoContent> EndAll(
        [Description("Keep the session of this call.")] bool? others,
        Caller caller,
        Storage.Accounts.Sessions sessions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var entry = new AccessEntry(AccessKind.SessionEnded, caller.Id, caller.Address, Subject: others is true ? "others" : "all");
        await sessions.EndAll(caller.Id, entry, cancellationToken, keep: others is true ? caller.Token : null);
        if (others is not true)
            SessionEndpoints.Forget(context);
        return TypedResults.NoContent();
    }

    static void Weak(this Fields fields, string name, PasswordWeakness weakness)
    {
        var (chinese, english) = Describe(weakness);
        fields.Wrong(name, chinese, english);
    }

    /// <summary>What is wrong with a password, to follow its name.</summary>
    public static (string Chinese, string English) Describe(PasswordWeakness weakness) =>
        weakness switch
        {
            PasswordWeakness.TooShort => ($"至少 {PasswordRules.MinLength} 个字符", $"has fewer than {PasswordRules.MinLength} characters"),
            PasswordWeakness.TooLong => ($"最多 {PasswordRules.MaxLength} 个字符", $"has more than {PasswordRules.MaxLength} characters"),
            PasswordWeakness.Common => ("太常见，容易被猜到", "is a common one, which guessers try first"),
            PasswordWeakness.NamesItsOwner => ("不能包含本人的账号或姓名", "contains its owner's account or name"),
            PasswordWeakness.Repetitive => ("重复的字符太多", "repeats a few characters"),
            _ => ("不能是连续的字符", "is a sequence of neighbouring characters"),
        };
}
