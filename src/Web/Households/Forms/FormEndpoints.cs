using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households.Forms;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Households.Import;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Households.Forms;

/// <param name="List">Whether it lists residents; otherwise it counts them.</param>
/// <param name="Columns">What its columns are called, and what each is made of.</param>
public sealed record FormJson(string Id, string Name, string NameEn, bool List, IReadOnlyList<FormColumnJson> Columns);

/// <param name="Source">What the column is made of, in the language of the caller.</param>
public sealed record FormColumnJson(string Name, string NameEn, string Source);

/// <summary>The forms of a pack that are made from the ledger.</summary>
static class FormEndpoints
{
    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes
            .MapGroup("/api/households/forms")
            .RequireAuthorization()
            .WithTags("Households")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds);
        forms
            .MapGet("/", List)
            .WithName("listForms")
            .WithSummary("List the forms that are made from the ledger")
            .WithDescription("They are data of the pack. Each column says what it is made of.");
        forms
            .MapGet("/{form}", Get)
            .WithName("getForm")
            .WithSummary("Make a form of an area and everything below it, as a workbook")
            .WithDescription(
                "Its second sheet says what each column is made of, and of each row out of which households it was made and how old "
                    + "their facts are; the third one says it of each cell. Personal values are masked. For a post that may read and transfer households there."
            )
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
    }

    static Results<Ok<ListJson<FormJson>>, ProblemHttpResult> List(Caller caller, HttpContext context)
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var words = new FormWords(rules, Problem.IsEnglish(context));
        return TypedResults.Ok(new ListJson<FormJson>([.. rules.Forms.Select(f => Of(f, words))], null));
    }

    static FormJson Of(FormRule form, FormWords words) =>
        new(
            form.Id,
            form.Name,
            form.NameEn,
            form.IsList,
            [.. form.Columns.Select(c => new FormColumnJson(c.Name, c.NameEn, words.Of(form, c)))]
        );

    static Results<PushStreamHttpResult, ProblemHttpResult> Get(
        string form,
        string? area,
        Caller caller,
        RegisteredHouseholds registered,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(area, caller, context);
        if (under is null)
            return problem!;
        if (!caller.Person.Over(under).Has(Permission.TransferHouseholds))
            return Problem.Of(CaseRejections.NotYourArea, context);
        if (caller.Pack.Pack.Households!.Forms.FirstOrDefault(f => f.Id == form) is not { } rule)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Export(caller, "households");
        var english = Problem.IsEnglish(context);
        var book = new FormWorkbook(rule, caller.Pack, caller, english);
        var at = time.GetUtcNow();
        // A zip archive ends with a synchronous write.
        context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method)
                    ? Task.CompletedTask
                    : book.Write(stream, under, at, registered, cancellationToken),
            CaseExport.Xlsx,
            $"{(english && rule.NameEn.Length > 0 ? rule.NameEn : rule.Name)}-{under.Name}-{caller.Pack.Day(at):yyyy-MM-dd}.xlsx"
        );
    }
}
