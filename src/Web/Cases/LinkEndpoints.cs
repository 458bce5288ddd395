using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using CaseResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    GridActors.Web.GeneratedOk<GridActors.Web.Cases.CaseJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Cases;

/// <summary>A case that has to do with this one, who linked them and why.</summary>
public sealed record CaseLinkJson(string Id, string Number, DateTimeOffset At, string By, string ByName, string Reason)
{
    public static CaseLinkJson Of(CaseLink link, LoadedPack pack) =>
        new(link.Id.ToString("N"), link.Number, link.At, link.By.Id, pack.NameOf(link.By), link.Reason);
}

/// <summary>The other case of a link.</summary>
public sealed record LinkedCaseJson(string Id, string Number)
{
    public static LinkedCaseJson? Of(LinkedCase? linked) => linked is null ? null : new(linked.Id.ToString("N"), linked.Number);
}

static class LinkEndpoints
{
    /// <param name="steps">The group <c>/api/cases/{id}</c>.</param>
    public static void MapLinks(this RouteGroupBuilder steps) =>
        steps
            .MapPost("/link", Link)
            .WithName("linkCase")
            .WithSummary("Link a case with another one that has to do with it")
            .WithDescription(
                "For the claimant, or a post that may assign, of both cases. Both show the link. Confidential cases can't be linked. "
                    + "Linking them again changes nothing."
            )
            .WithProblems(CaseRejections.NotPermitted, CaseRejections.NotLinkable, CaseRejections.TooManySteps);

    static Task<CaseResult> Link(
        string id,
        LinkRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        CaseStepHandler steps,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var text = fields.Text("to", body.To, CaseStepEndpoints.MaxId);
        var reason = fields.Text("reason", body.Reason, CaseStepEndpoints.MaxReason);
        if (!Guid.TryParseExact(text, "N", out var to) && text.Length > 0)
            fields.Wrong("to", "不是事项的编号", "is no id of a case");
        var command = new LinkCase
        {
            By = caller.Id,
            To = to,
            Reason = reason,
        };
        return steps.Take(id, command, headers, caller, context, fields);
    }
}
