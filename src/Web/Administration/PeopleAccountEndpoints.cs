using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Administration;

/// <param name="Password">Shown once. It works for a week, and only to choose another one.</param>
public sealed record FirstPasswordJson(string Password);

/// <summary>Accounts of other people, for those whose post administers every area that the other person has a post in.</summary>
public static class PeopleAccountEndpoints
{
    public static void MapPeopleAccounts(this IEndpointRouteBuilder routes)
    {
        var people = routes
            .MapGroup("/api/admin/people/{person}")
            .RequireAuthorization()
            .WithTags("Administration")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotPermitted, CaseRejections.NotFound, CaseRejections.OutcomeUnknown);
        people
            .MapPost("/password", Reset)
            .WithName("resetPassword")
            .WithSummary("Give somebody a first password")
            .WithDescription("Their sessions end, and they must change it when they sign in.");
        people
            .MapDelete("/second-factor", ResetSecondFactor)
            .WithName("resetSecondFactor")
            .WithSummary("Remove somebody's second factor")
            .WithDescription("Their sessions end. Where a post asks for one, they set up a new one when they sign in.");
        people.MapDelete("/sessions", EndSessions).WithName("endSessionsOf").WithSummary("End all sessions of somebody");
    }

    static async Task<Results<Ok<FirstPasswordJson>, ProblemHttpResult>> Reset(
        string person,
        Caller caller,
        Accounts accounts,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.People.GetValueOrDefault(person) is not { } other)
            return Problem.Of(CaseRejections.NotFound, context);
        var entry = new AccessEntry(AccessKind.PasswordReset, caller.Id, caller.Address, Subject: other.Id.Id);
        if (!MayAdminister(caller, other))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var password = Passwords.First();
        await accounts.SetPassword(new(other.Id, password, entry) { MustChange = true }, cancellationToken);
        return TypedResults.Ok(new FirstPasswordJson(password));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> ResetSecondFactor(
        string person,
        Caller caller,
        SecondFactors factors,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.People.GetValueOrDefault(person) is not { } other)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!MayAdminister(caller, other))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var entry = new AccessEntry(AccessKind.SecondFactorReset, caller.Id, caller.Address, Subject: other.Id.Id);
        await factors.Reset(other.Id, entry, cancellationToken);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> EndSessions(
        string person,
        Caller caller,
        Storage.Accounts.Sessions sessions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.People.GetValueOrDefault(person) is not { } other)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!MayAdminister(caller, other))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var entry = new AccessEntry(AccessKind.SessionEnded, caller.Id, caller.Address, Subject: other.Id.Id);
        await sessions.EndAll(other.Id, entry, cancellationToken);
        return TypedResults.NoContent();
    }

    static bool MayAdminister(Caller caller, PersonEntry other) =>
        other.Posts.Select(p => p.Area).DefaultIfEmpty(caller.Pack.Root).All(area => caller.Person.Over(area).Has(Permission.Administer));
}
