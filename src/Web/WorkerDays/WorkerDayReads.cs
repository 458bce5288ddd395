using System.Globalization;
using GridActors.Contracts;
using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Access;
using GridActors.Storage.WorkerDays;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.WorkerDays;

/// <summary>What the caller may see of a day.</summary>
sealed record DayAccess(PersonId Person, DateOnly Day, bool MaySee, bool MayReadTracks);

/// <summary>Reads days for those who may see them, and has their actors do what is asked.</summary>
sealed class WorkerDayReads(WorkerDayQueries queries, WorkerDayPages pages, GrainReferences<IWorkerDayGrain> days, AccessJournal journal)
{
    /// <returns>Null when there is no such person, or the day is none.</returns>
    public async Task<DayAccess?> Access(Caller caller, string person, string day, CancellationToken cancellationToken)
    {
        if (!Fields.TryDay(day, out var date))
            return null;
        var id = new PersonId(caller.Pack.Pack.Id, person);
        if (id == caller.Id)
            return new(id, date, true, true);
        // Where the worker is counted on that day; who has left, and has no post any more, was there all the same.
        var content = await queries.DayOf(id, date, cancellationToken);
        var area = content?.Area is { } counted ? caller.Pack.StandIn(counted.Code) : null;
        area ??= caller.Pack.Person(id) is { } entry ? WorkerDayRules.HomeOf(entry) : null;
        if (area is null)
            return null;
        var may = caller.Person.Over(area);
        return new(id, date, may.Has(Permission.OverseeWorkers), may.Has(Permission.ReadTracks));
    }

    public async Task<WorkerDayJson> Page(
        Caller caller,
        PersonId person,
        DateOnly day,
        bool mayReadTracks,
        CancellationToken cancellationToken
    )
    {
        var view = (await ActorCalls.Call(days.Of(KeyOf(person, day)).Get, cancellationToken)).View;
        return await Page(view, caller, mayReadTracks, cancellationToken);
    }

    public async Task<Results<Ok<WorkerDayJson>, ProblemHttpResult>> Take(
        WorkerDayCommand command,
        DayAccess access,
        Caller caller,
        HttpContext context
    )
    {
        var actor = days.Of(KeyOf(access.Person, access.Day));
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        return answer.Rejection is { } rejection
            ? Problem.Of(rejection, context)
            : TypedResults.Ok(await Page(answer.View, caller, access.MayReadTracks, CancellationToken.None));
    }

    /// <summary>Records that somebody looked at where somebody else was.</summary>
    /// <param name="onlyPositions">The day was read, which shows positions to who may read tracks alone.</param>
    public void Record(Caller caller, DayAccess access, string kind, bool onlyPositions)
    {
        if (access.Person == caller.Id || (onlyPositions && !access.MayReadTracks))
            return;
        var entry = new AccessEntry(kind, caller.Id, caller.Address, Subject: KeyOf(access.Person, access.Day));
        if (onlyPositions)
            journal.RecordOnceAnHour(entry);
        else
            journal.Record(entry);
    }

    async Task<WorkerDayJson> Page(WorkerDayView view, Caller caller, bool mayReadTracks, CancellationToken cancellationToken)
    {
        var content = await queries.Of(view.Person, view.Day, cancellationToken);
        // Only the gaps of patrols are made of it.
        var track = content.Records.Any(r => r.Kind == FieldRecordKind.PatrolStart)
            ? await queries.Track(view.Person, view.Day, cancellationToken)
            : [];
        return await pages.Of(view, content, track, mayReadTracks, caller, cancellationToken);
    }

    static string KeyOf(PersonId person, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{person.Key}/{day:yyyy-MM-dd}");
}
