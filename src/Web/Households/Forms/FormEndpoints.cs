using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households.Forms;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Households;
using GridActors.Storage.Households.Import;
using GridActors.Storage.Time;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Households.Export;
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

/// <param name="Area">Code of the area.</param>
public sealed record FormRequest([property: Required] string? Area, [property: Required] string? Purpose);

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
                    + "their facts are; the third one says it of each cell. "
                    + "Personal values are masked. For a post that may read and transfer households there."
            )
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(CaseRejections.NotYourArea, CaseRejections.NotFound, CaseRejections.Unavailable);
        forms
            .MapPost("/{form}", MakeInClear)
            .CheckWriteHeaders()
            .WithName("makeFormInClear")
            .WithSummary("Make a list of residents in clear, for a purpose")
            .WithDescription(
                "It is one reveal, recorded before the workbook is written, with whose values are in it. For a post that may read, "
                    + "transfer and reveal households there. Counts name nobody, and need no purpose."
            )
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotYourArea,
                CaseRejections.NotPermitted,
                CaseRejections.NotFound,
                Problem.RevealLimit,
                CaseRejections.Unavailable
            );
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
        var book = new FormWorkbook(rule, caller.Pack, caller, Problem.IsEnglish(context));
        return Stream(book, rule, under, caller, time.GetUtcNow(), registered, context, cancellationToken);
    }

    static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> MakeInClear(
        string form,
        FormRequest body,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        RegisteredHouseholds registered,
        Reveals reveals,
        AccessJournal access,
        ServiceTime time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(body.Area, caller, context);
        if (under is null)
            return problem!;
        if (!caller.Person.Over(under).Has(Permission.TransferHouseholds))
            return Problem.Of(CaseRejections.NotYourArea, context);
        if (!HouseholdExportJobs.MayExport(caller.Person, under, isClear: true))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var rules = caller.Pack.Pack.Households!;
        if (rules.Forms.FirstOrDefault(f => f.Id == form) is not { } rule)
            return Problem.Of(CaseRejections.NotFound, context);
        var fields = Fields.Of(context);
        var purpose = RevealEndpoints.Purpose(fields, body.Purpose, rules);
        if (!rule.IsList)
            fields.Wrong("purpose", "统计表不含个人信息，不需要用途", "is for lists alone: counts name nobody");
        if (!fields.AreValid)
            return fields.Problem(context);
        var (id, at) = (headers.NewId(caller.Id, "form in clear"), time.GetUtcNow());
        var clear = new ClearForm(rules.Purpose(purpose)!, people => reveals.RecordExported(id, people, cancellationToken));
        var book = new FormWorkbook(rule, caller.Pack, caller, Problem.IsEnglish(context), clear);
        var isRecorded = await reveals.RecordExport(
            id,
            caller.Id,
            under.Id,
            await book.People(under, at, registered, cancellationToken),
            [.. rule.Columns.Select(c => c.Value!)],
            purpose,
            caller.Address,
            rules.Reveal,
            cancellationToken
        );
        if (!isRecorded)
            return Problem.Of(Problem.RevealLimit, context);
        access.Export(caller, "households");
        return Stream(book, rule, under, caller, at, registered, context, cancellationToken);
    }

    static PushStreamHttpResult Stream(
        FormWorkbook book,
        FormRule rule,
        AreaNode under,
        Caller caller,
        DateTimeOffset at,
        RegisteredHouseholds registered,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var name = Problem.IsEnglish(context) && rule.NameEn.Length > 0 ? rule.NameEn : rule.Name;
        // A zip archive ends with a synchronous write.
        context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method)
                    ? Task.CompletedTask
                    : book.Write(stream, under, at, registered, cancellationToken),
            CaseExport.Xlsx,
            $"{name}-{under.Name}-{caller.Pack.Day(at):yyyy-MM-dd}.xlsx"
        );
    }
}
