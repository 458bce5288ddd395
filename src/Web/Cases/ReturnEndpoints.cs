using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Cases;

/// <summary>A settled case was returned to its claimant, to be done again.</summary>
/// <param name="By">Who checked it.</param>
public sealed record CaseReturnJson(DateTimeOffset At, string By, string ByName, string Reason)
{
    public static CaseReturnJson Of(CaseReturn returned, LoadedPack pack) =>
        new(returned.At, returned.By.Id, pack.NameOf(returned.By), returned.Reason);
}

/// <summary>Returned work (返工).</summary>
static class ReturnEndpoints
{
    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapReturnedWork(this RouteGroupBuilder steps) =>
        steps
            .MapPost("/return", CaseStepEndpoints.WithReason((by, reason) => new ReturnCase { By = by, Reason = reason }))
            .WithName("returnCase")
            .WithSummary("Return a settled case to be done again")
            .WithDescription(
                "The claimant has it again, and the clocks of the solution start anew. The last return that the catalogue allows brings "
                    + "the case to the next level of its ladder, which decides for good. For a post that may close; where the category "
                    + "says so, not for whoever solved the case."
            )
            .WithProblems(
                CaseRejections.NotPermitted,
                CaseRejections.WrongStatus,
                CaseRejections.NeedsAnother,
                CaseRejections.ExplanationIsFinal,
                CaseRejections.ReturnedTooOften,
                CaseRejections.TooManySteps
            );
}
