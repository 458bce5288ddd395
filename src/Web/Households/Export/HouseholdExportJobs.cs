using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Areas;
using GridActors.Storage.Cases;
using GridActors.Storage.Households;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Households.Export;

/// <param name="Area">The code of the area; everything below it is included.</param>
/// <param name="Purpose">A purpose of the pack, for which values are in clear; without it everything is masked.</param>
/// <param name="Fields">The ids of the fields that are in clear; without it all. Only with a purpose.</param>
public sealed record HouseholdExportRequest(string? Area, string? Purpose, IReadOnlyList<string>? Fields);

/// <param name="State"><c>waiting</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Purpose">For what values are in clear; null when everything is masked.</param>
/// <param name="Fields">The ids of the fields that are in clear.</param>
/// <param name="Written">How many residents are in the file so far.</param>
/// <param name="Total">How many it will have; null until they are counted.</param>
/// <param name="Name">The file's name, and its size in <paramref name="Bytes"/>; null until it is done.</param>
/// <param name="ExpiresAt">When the service forgets it.</param>
public sealed record HouseholdExportJson(
    string Id,
    string State,
    string Area,
    string AreaName,
    string? Purpose,
    string? PurposeName,
    IReadOnlyList<string> Fields,
    DateTimeOffset AskedAt,
    int Written,
    int? Total,
    string? Name,
    long? Bytes,
    DateTimeOffset ExpiresAt
)
{
    public static HouseholdExportJson Of(HouseholdExportJob job, LoadedPack pack) =>
        new(
            job.Id.ToString("N"),
            ApiNames.Of(job.State),
            job.Area,
            HouseholdNames.AreaName(pack, job.Area),
            job.Purpose,
            job.Purpose is { } purpose ? pack.Pack.Households?.Purpose(purpose)?.Name ?? purpose : null,
            job.Fields,
            job.AskedAt,
            job.Written,
            job.Total,
            job.Name,
            job.Bytes,
            job.AskedAt + HouseholdExportRunner.Retention
        );
}

/// <summary>Files of households that are written in the background. Only the person who asked for one sees it.</summary>
static class HouseholdExportJobs
{
    const int MaxOfPerson = 5;

    public static void MapHouseholdExports(this IEndpointRouteBuilder routes)
    {
        var exports = routes
            .MapGroup("/api/households/exports")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithProblems(Problem.NotSignedIn);
        exports
            .MapPost("/", Ask)
            .WithName("askForHouseholdExport")
            .WithSummary("Ask for a file of the households of an area and everything below it")
            .WithDescription(
                "The service writes the file in the background, one at a time, and keeps it for a day for the person who asked. With a "
                    + "purpose of the pack it is in clear, which is recorded as a reveal of everybody in it; it needs a post that may "
                    + "reveal there, besides reading and transferring. Five of a person are kept; delete one to ask for another."
            )
            .WithProblems(
                Problem.InvalidRequest,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotYourArea,
                CaseRejections.NotPermitted,
                CaseRejections.NotFound,
                Problem.TooManyExports,
                Problem.RevealLimit,
                CaseRejections.Unavailable
            );
        exports
            .MapGet("/", List)
            .WithName("listHouseholdExports")
            .WithSummary("List the files of households that you asked for, the newest first");
        exports
            .MapGet("/{export}", Get)
            .WithName("getHouseholdExport")
            .WithSummary("Get how far a file of households is")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        exports
            .MapGet("/{export}/file", File)
            .WithName("getHouseholdExportFile")
            .WithSummary("Get a file of households that is done")
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);
        exports
            .MapDelete("/{export}", Delete)
            .WithName("deleteHouseholdExport")
            .WithSummary("Delete a file of households, or stop writing it")
            .WithProblems(CaseRejections.NotFound, CaseRejections.OutcomeUnknown);
    }

    public static bool MayExport(PersonEntry person, AreaNode under, bool isClear)
    {
        var may = person.Over(under);
        return may.Has(Permission.ReadHouseholds)
            && may.Has(Permission.TransferHouseholds)
            && (!isClear || may.Has(Permission.RevealHouseholds));
    }

    static async Task<Results<Accepted<HouseholdExportJson>, ProblemHttpResult>> Ask(
        HouseholdExportRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        HouseholdExports exports,
        HouseholdCountQueries counts,
        Reveals reveals,
        AccessJournal access,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(body.Area, caller, context);
        if (under is null)
            return problem!;
        var rules = caller.Pack.Pack.Households!;
        var fields = Fields.Of(context);
        if (body.Purpose is { } named && rules.Purpose(named) is null)
            fields.Wrong("purpose", "没有这种用途", "is no purpose of the pack");
        if (body.Fields is { Count: > 0 } some && (body.Purpose is null || some.Any(f => !IsField(rules, f))))
            fields.Wrong("fields", "需要用途，且只能是本地的字段", "needs a purpose, and names fields of the pack");
        if (!fields.AreValid)
            return fields.Problem(context);
        if (!caller.Person.Over(under).Has(Permission.TransferHouseholds))
            return Problem.Of(CaseRejections.NotYourArea, context);
        if (!MayExport(caller.Person, under, body.Purpose is not null))
            return Problem.Of(CaseRejections.NotPermitted, context);

        string[] clear = body.Purpose is null ? [] : [.. body.Fields is { Count: > 0 } wanted ? wanted.Distinct() : Masked(rules)];
        var job = new HouseholdExportJob(
            headers.NewId(caller.Id, "household export"),
            caller.Id,
            under.Code,
            Problem.IsEnglish(context),
            body.Purpose,
            clear,
            clock.GetUtcNow(),
            ExportState.Waiting,
            0,
            null,
            null,
            null
        );
        // A repeat is answered as the first call.
        if (await exports.Find(job.Id, caller.Id, cancellationToken) is { } first)
            return Accepted(first, caller);
        if ((await exports.Of(caller.Id, cancellationToken)).Count >= MaxOfPerson)
            return Problem.Of(Problem.TooManyExports, context);
        if (job.Purpose is { } purpose)
        {
            var moments = HouseholdMoments.Of(caller.Pack, caller.Pack.Day(job.AskedAt))!.Value;
            var own = await counts.Own([.. under.Downwards().Select(a => (a, moments))], cancellationToken);
            var people = HouseholdCountQueries.Sum(own, under).Residents;
            var isRecorded = await reveals.RecordExport(
                job.Id,
                caller.Id,
                under.Id,
                people,
                clear,
                purpose,
                caller.Address,
                rules.Reveal,
                cancellationToken
            );
            if (!isRecorded)
                return Problem.Of(Problem.RevealLimit, context);
        }
        if (!await exports.Add(job, MaxOfPerson, cancellationToken))
            return Problem.Of(Problem.TooManyExports, context);
        access.Export(caller, "households");
        return Accepted(job, caller);
    }

    static async Task<Ok<ListJson<HouseholdExportJson>>> List(Caller caller, HouseholdExports exports, CancellationToken cancellationToken)
    {
        var files = await exports.Of(caller.Id, cancellationToken);
        return TypedResults.Ok(new ListJson<HouseholdExportJson>([.. files.Select(f => HouseholdExportJson.Of(f, caller.Pack))], null));
    }

    static async Task<Results<Ok<HouseholdExportJson>, ProblemHttpResult>> Get(
        string export,
        Caller caller,
        HouseholdExports exports,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await Find(export, caller, exports, cancellationToken) is { } job
            ? TypedResults.Ok(HouseholdExportJson.Of(job, caller.Pack))
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> File(
        string export,
        Caller caller,
        HouseholdExports exports,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var found = await Find(export, caller, exports, cancellationToken);
        if (found is not { State: ExportState.Done } job)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Export(caller, "households");
        context.Response.ContentLength = job.Bytes;
        return TypedResults.Stream(
            async stream =>
            {
                if (HttpMethods.IsHead(context.Request.Method))
                    return;
                await foreach (var part in exports.Content(job.Id, cancellationToken))
                    await stream.WriteAsync(part, cancellationToken);
            },
            CaseExport.Xlsx,
            job.Name
        );
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        string export,
        Caller caller,
        HouseholdExports exports,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParseExact(export, "N", out var id) && await exports.Delete(id, caller.Id, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Of(CaseRejections.NotFound, context);

    static async Task<HouseholdExportJob?> Find(
        string export,
        Caller caller,
        HouseholdExports exports,
        CancellationToken cancellationToken
    ) => Guid.TryParseExact(export, "N", out var id) ? await exports.Find(id, caller.Id, cancellationToken) : null;

    static Accepted<HouseholdExportJson> Accepted(HouseholdExportJob job, Caller caller)
    {
        var json = HouseholdExportJson.Of(job, caller.Pack);
        return TypedResults.Accepted($"/api/households/exports/{json.Id}", json);
    }

    static bool IsField(HouseholdRules rules, string id) =>
        rules.Field(SubjectKind.Resident, id) is not null || rules.Field(SubjectKind.Household, id) is not null;

    /// <summary>The fields that are masked for somebody who isn't linked to the household.</summary>
    static IEnumerable<string> Masked(HouseholdRules rules) =>
        rules
            .Household.Concat(rules.Resident)
            .Where(f => f.Protection != FieldProtection.Open)
            .Select(f => f.Id)
            .Concat(rules.Certificates.Select(c => HouseholdRules.CertificatePrefix + c.Id))
            .Distinct();
}
