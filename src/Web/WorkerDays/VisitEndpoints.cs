using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Households;
using GridActors.Domain.Leaves;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Time;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.WorkerDays;

/// <summary>A visit that was made to a household.</summary>
/// <param name="Settled">What had to be settled, and whether it was.</param>
/// <param name="Note">Null for who may not read it, or without one.</param>
public sealed record HouseholdVisitJson(
    string Id,
    DateTimeOffset At,
    string Person,
    string PersonName,
    string? Purpose,
    string? PurposeName,
    string? PurposeNameEn,
    IReadOnlyList<SettledJson> Settled,
    string? Note
);

/// <summary>What somebody left for whoever comes next.</summary>
/// <param name="To">For whom; null for whoever does.</param>
public sealed record HandOverNoteJson(
    string Person,
    string PersonName,
    DateOnly Day,
    string Text,
    DateTimeOffset At,
    string? To,
    string? ToName
);

/// <summary>What the phone shows of days besides the day itself: visits to a household, and what others have left.</summary>
static class VisitEndpoints
{
    const int MaxVisits = 10;
    const int HandOverDays = 3;
    const int MaxDays = 60;

    public static void MapVisitsAndHandOvers(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/households/{household}/visits", Visits)
            .RequireAuthorization()
            .WithTags("Households")
            .WithName("listHouseholdVisits")
            .WithSummary("List the last ten visits to a household, the newest first")
            .WithDescription("Words are for those who are linked to the household, or may edit it.")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds, CaseRejections.NotFound, CaseRejections.Unavailable);
        routes
            .MapGet("/api/hand-overs", HandOvers)
            .RequireAuthorization()
            .WithTags("Field work")
            .WithName("listHandOvers")
            .WithSummary("List what colleagues left in the last three days for whoever comes next")
            .WithDescription(
                "Of those who work in the areas of the caller's own posts and of those for whom the caller stands in: what is for anybody, "
                    + "or for the caller. The caller's own are among them."
            )
            .WithProblems(Problem.NotSignedIn, CaseRejections.Unavailable);
    }

    static async Task<Results<Ok<ListJson<HouseholdVisitJson>>, ProblemHttpResult>> Visits(
        string household,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        HouseholdVisitQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        if (await HouseholdEndpoints.Find(household, caller, households, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, view.Worker);
        var visits = await queries.Of(view.Id, MaxVisits, cancellationToken);
        var mayReadWords = access.IsLinked || access.MayEdit;
        return TypedResults.Ok(new ListJson<HouseholdVisitJson>([.. visits.Select(v => VisitOf(v, mayReadWords, caller))], null));
    }

    static HouseholdVisitJson VisitOf(HouseholdVisit visit, bool mayReadWords, Caller caller)
    {
        var rules = WorkerDayRules.RulesOf(caller.Pack);
        var purpose = rules.Purpose(visit.Purpose ?? "");
        var words = mayReadWords ? visit.Words : FieldWords.None;
        return new(
            visit.Id.ToString(),
            visit.At,
            visit.Person.Id,
            caller.Pack.Person(visit.Person)?.Name ?? visit.Person.Id,
            visit.Purpose,
            purpose?.Name ?? visit.Purpose,
            purpose?.NameEn ?? visit.Purpose,
            [
                .. visit.Settled.Select(s => new SettledJson(
                    s.Item,
                    rules.SettleItem(s.Item)?.Name ?? s.Item,
                    rules.SettleItem(s.Item)?.NameEn ?? s.Item,
                    s.Done,
                    words.Settled.GetValueOrDefault(s.Item, "")
                )),
            ],
            words.Note.Length > 0 ? words.Note : null
        );
    }

    static async Task<Ok<ListJson<HandOverNoteJson>>> HandOvers(
        Caller caller,
        HouseholdVisitQueries queries,
        GrainReferences<IWorkerDayGrain> days,
        ServiceTime clock,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var areas = caller.Person.Posts.Select(p => p.Area.Id.Key).Distinct().ToList();
        List<PersonId> away =
        [
            .. caller
                .Pack.Leaves.All.Where(l => l.Covers(now) && Deputies.Of(caller.Pack, l).Contains(caller.Id))
                .Select(l => l.Person)
                .Distinct(),
        ];
        var since = caller.Pack.Day(now).AddDays(1 - HandOverDays);
        var found = await queries.Days(areas, away, since, MaxDays, cancellationToken);
        var views = await Task.WhenAll(found.Select(d => Get(d.Person, d.Day)));
        return TypedResults.Ok(
            new ListJson<HandOverNoteJson>(
                [
                    .. views
                        .Where(v => v.HandOver is { } note && (note.To is null || note.To == caller.Id || v.Person == caller.Id))
                        .Select(v => NoteOf(v, v.HandOver!, caller))
                        .OrderByDescending(n => n.At),
                ],
                null
            )
        );

        async Task<WorkerDayView> Get(PersonId person, DateOnly day)
        {
            var actor = days.Of(string.Create(CultureInfo.InvariantCulture, $"{person.Key}/{day:yyyy-MM-dd}"));
            return (await ActorCalls.Call(actor.Get, cancellationToken)).View;
        }
    }

    static HandOverNoteJson NoteOf(WorkerDayView view, DayText note, Caller caller) =>
        new(
            view.Person.Id,
            caller.Pack.Person(view.Person)?.Name ?? view.Person.Id,
            view.Day,
            note.Text,
            note.At,
            note.To?.Id,
            note.To is { } to ? caller.Pack.Person(to)?.Name ?? to.Id : null
        );
}
