using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.WorkerDays;

/// <summary>The patrol or visit that a case comes from. Where exactly its worker was isn't told.</summary>
/// <param name="Day">The day of the worker that it belongs to.</param>
/// <param name="Checkpoint">The line of the checklist; null for a visit, and for a key place, whose id it would be.</param>
/// <param name="MayOpen">Whether the caller may open that worker's day.</param>
public sealed record CaseRecordJson(
    string Id,
    string Kind,
    DateTimeOffset At,
    DateOnly Day,
    string Person,
    string PersonName,
    string Area,
    string AreaName,
    string? Checkpoint,
    string? CheckpointName,
    string? CheckpointNameEn,
    bool MayOpen
);

static class CaseRecordEndpoints
{
    /// <param name="cases">The group <c>/api/cases</c>.</param>
    public static void MapCaseRecords(this IEndpointRouteBuilder cases) =>
        cases
            .MapGet("/{id}/field-records", Records)
            .WithName("listCaseFieldRecords")
            .WithSummary("List the patrols and visits that a case comes from, oldest first")
            .WithDescription("For whoever may see the case. The worker's positions aren't told.")
            .WithProblems(CaseRejections.NotFound, CaseRejections.Unavailable);

    static async Task<Results<Ok<ListJson<CaseRecordJson>>, ProblemHttpResult>> Records(
        string id,
        Caller caller,
        IGrainFactory grains,
        CaseRecordQueries queries,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (view, _) = await CaseEndpoints.Find(id, caller, grains, cancellationToken);
        if (view is null)
            return Problem.Of(CaseRejections.NotFound, context);
        access.Read(caller, view);
        var records = await queries.Of(view.Id, view.Reporter, cancellationToken);
        return TypedResults.Ok(new ListJson<CaseRecordJson>([.. records.Select(r => JsonOf(r, caller))], null));
    }

    static CaseRecordJson JsonOf(CaseRecord record, Caller caller)
    {
        var line = caller.Pack.Pack.Checklist.FirstOrDefault(i => i.Id == record.Checkpoint);
        var area = caller.Pack.StandIn(record.Area.Code);
        return new(
            record.Id.ToString(),
            WorkerDayNames.Of(record.Kind),
            record.At,
            record.Day,
            record.Person.Id,
            caller.Pack.NameOf(record.Person),
            record.Area.Code,
            area?.Name ?? record.Area.Code,
            line?.Id,
            line?.Name,
            line?.NameEn,
            record.Person == caller.Id || (area is not null && caller.Person.Over(area).Has(Permission.OverseeWorkers))
        );
    }
}
