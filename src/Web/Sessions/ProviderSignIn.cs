using GridActors.Contracts.People;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GridActors.Web.Sessions;

/// <summary>
/// Begins a session for somebody whom the county's identity provider has signed in. What goes wrong is told on the sign-in page, because
/// it is a person's browser that comes back from the provider.
/// </summary>
public sealed partial class ProviderSignIn(
    OpenIdOptions options,
    AccountOptions accountOptions,
    Accounts accounts,
    Storage.Accounts.Sessions sessions,
    AccessJournal journal,
    ILogger<ProviderSignIn> logger
)
{
    const string UnknownPerson = "unknown-person";
    const string ProviderFailed = "provider-failed";

    /// <summary>Sends the browser to the provider.</summary>
    /// <param name="then">The page to go to afterwards: a parameter of our own page, which goes to its own addresses only.</param>
    public async Task Begin(string? then, HttpContext context)
    {
        var page = string.IsNullOrEmpty(then) ? "/" : $"/?then={Uri.EscapeDataString(then)}";
        try
        {
            await context.ChallengeAsync(OpenId.SchemeName, new() { RedirectUri = page });
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            await Fail(e, context);
        }
    }

    /// <summary>Sends the browser to the provider to end its session there. Ours has ended before.</summary>
    public async Task End(HttpContext context)
    {
        try
        {
            await context.SignOutAsync(OpenId.SchemeName);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            LogFailed(e);
            context.Response.Redirect("/signin");
        }
    }

    internal async Task Complete(TicketReceivedContext ticket)
    {
        var context = ticket.HttpContext;
        var claim = ticket.Principal?.FindFirst(options.PersonClaim)?.Value.Trim();
        if (string.IsNullOrEmpty(claim))
        {
            LogClaimMissing(options.PersonClaim);
            Refuse(ProviderFailed, context);
            return;
        }
        var people = accounts.Candidates(options.Pack.Length > 0 ? $"{options.Pack}/{claim}" : claim);
        if (people.Count != 1)
        {
            var code = people.Count == 0 ? UnknownPerson : Problem.AmbiguousAccount;
            journal.Record(new(AccessKind.SignIn, null, Origin.Address(context), code, AccessEntry.Provider));
            Refuse(code, context);
            return;
        }
        await SignIn(people[0], context);
        context.Response.Redirect(ticket.ReturnUri ?? "/");
    }

    /// <param name="failure">Null when the person, or the provider, chose not to go on.</param>
    internal Task Fail(Exception? failure, HttpContext context)
    {
        if (failure is not null)
            LogFailed(failure);
        // Anybody can open the address with any parameters, and must not fill the journal with that.
        journal.RecordOnceAnHour(new(AccessKind.SignIn, null, Origin.Address(context), ProviderFailed, AccessEntry.Provider));
        Refuse(ProviderFailed, context);
        return Task.CompletedTask;
    }

    async Task SignIn(PersonId person, HttpContext context)
    {
        var begun = new NewSession(person, Origin.Of(context), HasSecondFactor: false, ByProvider: true);
        var (token, _) = await sessions.Begin(begun, context.RequestAborted);
        context.Response.Cookies.Append(SessionHandler.Cookie, token, SessionEndpoints.Cookie(context, "/", accountOptions.SessionLength));
    }

    static void Refuse(string code, HttpContext context) => context.Response.Redirect($"/signin?refused={code}");
}
