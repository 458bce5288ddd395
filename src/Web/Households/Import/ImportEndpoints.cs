using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Households.Import;
using GridActors.Storage.Sheets;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Households.Import;

/// <summary>
/// Spreadsheets of households: a dry run, which shows what would become of each row, and then the import. Only who sent one sees it.
/// </summary>
static class ImportEndpoints
{
    /// <summary>Each has the file, and all its rows.</summary>
    const int MaxOfPerson = 5;

    /// <summary>A file that is too large is read up to here before it is refused, so that the client sees the answer.</summary>
    const int MaxBytesRead = 2 * SheetReader.MaxBytes;

    const int MaxRows = 200;

    public static void MapHouseholdImports(this IEndpointRouteBuilder routes)
    {
        var households = routes
            .MapGroup("/api/households")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithProblems(Problem.NotSignedIn);
        households
            .MapGet("/template.xlsx", Template)
            .WithName("getHouseholdTemplate")
            .WithSummary("Get a workbook with the columns of the pack's fields")
            .WithDescription("Its notes and lists name the codes. Its headings are Chinese unless `Accept-Language` starts with English.")
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(HouseholdRejections.NoHouseholds);
        var imports = households.MapGroup("/imports");
        // The session is a header or a SameSite=Strict cookie, so a form from another site arrives without one.
        imports
            .MapForm("/", Upload)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytesRead))
            .WithMetadata(new RequestFormLimitsAttribute { MultipartBodyLengthLimit = MaxBytesRead })
            .WithName("importHouseholds")
            .WithSummary("Send a spreadsheet of households, to see what an import of it would do")
            .WithDescription(
                "An `.xlsx`, `.xls` or `.csv` file of at most 20 MB and 100,000 lines, a line for each resident (docs/households.md). "
                    + "The service compares it with what is registered and changes nothing: look at the rows, and then apply it. "
                    + "Five of a person are kept. For a post that may transfer and edit households in the area."
            )
            .WithProblems(
                Problem.InvalidRequest,
                Problem.TooLarge,
                Problem.NotJson,
                Problem.TooManyImports,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.OutcomeUnknown
            );
        imports.MapGet("/", List).WithName("listHouseholdImports").WithSummary("List the imports that you asked for, the newest first");
        var one = imports.MapGroup("/{import}").WithProblems(CaseRejections.NotFound);
        one.MapGet("/", Get)
            .WithName("getHouseholdImport")
            .WithSummary("Get how far an import is")
            .WithProblems(CaseRejections.Unavailable);
        one.MapGet("/rows", Rows)
            .WithName("listHouseholdImportRows")
            .WithSummary("List what becomes of each row of an import")
            .WithProblems(Problem.InvalidRequest, CaseRejections.Unavailable);
        one.MapGet("/errors.xlsx", Errors)
            .WithName("getHouseholdImportErrors")
            .WithSummary("Get the rows that are wrong or doubtful as a workbook, with a column of reasons")
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(CaseRejections.Unavailable);
        one.MapPost("/apply", Apply)
            .WithName("applyHouseholdImport")
            .WithSummary("Register and change what the dry run shows")
            .WithDescription("Rows that are new or changed. Those that are doubtful or wrong stay out. It goes on in the background.")
            .WithProblems(Problem.WrongImportState, CaseRejections.OutcomeUnknown);
        one.MapPost("/undo", Undo)
            .WithName("undoHouseholdImport")
            .WithSummary("Undo a whole import, within a day")
            .WithDescription(
                "What it changed becomes what it was, unless somebody has changed it since; whom it registered moves out. "
                    + "The history of the households shows both."
            )
            .WithProblems(Problem.WrongImportState, CaseRejections.OutcomeUnknown);
        one.MapDelete("/", Delete)
            .WithName("deleteHouseholdImport")
            .WithSummary("Forget an import; what it has done stays done")
            .WithProblems(CaseRejections.OutcomeUnknown);
    }

    /// <summary>Whether somebody may import households into an area.</summary>
    public static bool MayImport(PersonEntry person, AreaNode area) =>
        person.Over(area) is var may && may.Has(Permission.TransferHouseholds) && may.Has(Permission.EditHouseholds);

    static async Task<Results<Accepted<HouseholdImportJson>, ProblemHttpResult>> Upload(
        IFormFile file,
        [FromForm] string area,
        [AsParameters] WriteHeaders headers,
        Caller caller,
        HouseholdImports imports,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        if (caller.Area(area) is not { } under)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!MayImport(caller.Person, under))
            return Problem.Of(CaseRejections.NotYourArea, context);
        if (file.Length > SheetReader.MaxBytes)
            return Problem.Of(Problem.TooLarge, context);
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, cancellationToken);
        var id = headers.NewId(caller.Id, "import");
        // A repeat adds nothing, and is answered as the first call.
        await imports.Add(id, caller.Id, under.Code, content.ToArray(), clock.GetUtcNow(), MaxOfPerson, cancellationToken);
        return await imports.Find(id, caller.Id, cancellationToken) is { } job
            ? TypedResults.Accepted($"/api/households/imports/{id:N}", Json(job, caller, context))
            : Problem.Of(Problem.TooManyImports, context);
    }

    static async Task<Ok<ListJson<HouseholdImportJson>>> List(
        Caller caller,
        HouseholdImports imports,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            new ListJson<HouseholdImportJson>(
                [.. (await imports.Of(caller.Id, cancellationToken)).Select(j => Json(j, caller, context))],
                null
            )
        );

    static async Task<Results<Ok<HouseholdImportJson>, ProblemHttpResult>> Get(
        string import,
        Caller caller,
        HouseholdImports imports,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await Find(import, caller, imports, cancellationToken) is { } job
            ? TypedResults.Ok(Json(job, caller, context))
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<Ok<ListJson<ImportRowJson>>, ProblemHttpResult>> Rows(
        string import,
        [Description("Only rows that are `new`, `changed`, `unchanged`, `doubtful` or `wrong`.")] string? state,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        HouseholdImports imports,
        ImportRows rows,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Paging.TryReadStep(cursor, out var after))
            return Paging.Wrong(context);
        var only = string.IsNullOrEmpty(state) ? null : ImportRowJson.StateOf(state);
        if (!string.IsNullOrEmpty(state) && only is null)
        {
            var fields = Fields.Of(context);
            fields.Wrong("state", "应为 new、changed、unchanged、doubtful 或 wrong", "must be new, changed, unchanged, doubtful or wrong");
            return fields.Problem(context);
        }
        if (await Find(import, caller, imports, cancellationToken) is not { } job)
            return Problem.Of(CaseRejections.NotFound, context);
        var size = Paging.Limit(limit);
        // The first row has the number 0, and the first page the cursor 0.
        var found = await rows.Page(job.Id, only is { } s ? [s] : null, after - 1, size + 1, cancellationToken);
        var english = Problem.IsEnglish(context);
        return TypedResults.Ok(
            new ListJson<ImportRowJson>(
                [.. found.Take(size).Select(r => ImportRowJson.Of(r, english))],
                found.Count > size ? Paging.StepCursor(found[size].Number) : null
            )
        );
    }

    static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Errors(
        string import,
        Caller caller,
        HouseholdImports imports,
        ImportRows rows,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            caller.Pack.Pack.Households is not { } rules
            || await Find(import, caller, imports, cancellationToken) is not { } job
            || job.Counts[(int)RowState.Doubtful] + job.Counts[(int)RowState.Wrong] == 0
        )
            return Problem.Of(CaseRejections.NotFound, context);
        var reasons = new Dictionary<(int, int), StoredRow>();
        for (var after = -1; ; )
        {
            var page = await rows.Page(job.Id, [RowState.Doubtful, RowState.Wrong], after, MaxRows, cancellationToken);
            foreach (var row in page)
                reasons[(row.Sheet, row.Line)] = row;
            if (page.Count < MaxRows)
                break;
            after = page[^1].Number;
        }
        var file = SheetReader.Read(await imports.File(job.Id, cancellationToken), cancellationToken);
        access.Export(caller, "household-import");
        var english = Problem.IsEnglish(context);
        return Workbook(
            context,
            english ? "Households that were not imported" : "未导入的户",
            stream => ImportSheets.WriteErrors(stream, file, new(rules), reasons, english, cancellationToken)
        );
    }

    static Results<PushStreamHttpResult, ProblemHttpResult> Template(
        Caller caller,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var english = Problem.IsEnglish(context);
        return Workbook(
            context,
            english ? "Households" : "户情模板",
            stream => ImportSheets.WriteTemplate(stream, rules, english, cancellationToken)
        );
    }

    static Task<Results<Accepted<HouseholdImportJson>, ProblemHttpResult>> Apply(
        string import,
        Caller caller,
        HouseholdImports imports,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    ) => Start(import, ImportState.Checked, ImportState.Applying, caller, imports, clock, context, cancellationToken);

    static Task<Results<Accepted<HouseholdImportJson>, ProblemHttpResult>> Undo(
        string import,
        Caller caller,
        HouseholdImports imports,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    ) => Start(import, ImportState.Applied, ImportState.Undoing, caller, imports, clock, context, cancellationToken);

    static async Task<Results<Accepted<HouseholdImportJson>, ProblemHttpResult>> Start(
        string import,
        ImportState from,
        ImportState to,
        Caller caller,
        HouseholdImports imports,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await Find(import, caller, imports, cancellationToken) is not { } job)
            return Problem.Of(CaseRejections.NotFound, context);
        var started = await imports.Start(job.Id, from, to, clock.GetUtcNow() - ImportRunner.UndoWithin, cancellationToken);
        // The repeat of a call that was taken is taken again.
        if (await Find(import, caller, imports, cancellationToken) is not { } now || (!started && now.State < to))
            return Problem.Of(Problem.WrongImportState, context);
        return !started && now.State > to + 1
            ? Problem.Of(Problem.WrongImportState, context)
            : TypedResults.Accepted($"/api/households/imports/{now.Id:N}", Json(now, caller, context));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string import,
        Caller caller,
        HouseholdImports imports,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParseExact(import, "N", out var id) && await imports.Delete(id, caller.Id, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Of(CaseRejections.NotFound, context);

    static PushStreamHttpResult Workbook(HttpContext context, string name, Func<Stream, Task> write)
    {
        // A zip archive ends with a synchronous write.
        context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream => HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : write(stream),
            CaseExport.Xlsx,
            $"{name}.xlsx"
        );
    }

    static HouseholdImportJson Json(ImportJob job, Caller caller, HttpContext context) =>
        HouseholdImportJson.Of(job, caller, Problem.IsEnglish(context));

    static async Task<ImportJob?> Find(string import, Caller caller, HouseholdImports imports, CancellationToken cancellationToken) =>
        Guid.TryParseExact(import, "N", out var id) ? await imports.Find(id, caller.Id, cancellationToken) : null;
}
