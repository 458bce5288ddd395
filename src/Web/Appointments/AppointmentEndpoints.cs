using System.Collections.Immutable;
using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Storage.Appointments;
using GridActors.Storage.Households;
using GridActors.Storage.Time;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Appointments;

/// <summary>Appointments with households, and the services that are done for them: lists and one of them.</summary>
static class AppointmentEndpoints
{
    /// <summary>How many days a list has at most.</summary>
    const int MaxDays = 62;
    const int UsualDays = 7;

    public static void MapAppointments(this IEndpointRouteBuilder routes)
    {
        var appointments = routes
            .MapGroup("/api/appointments")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Appointments")
            .WithProblems(Problem.NotSignedIn, HouseholdRejections.NoHouseholds, CaseRejections.Unavailable);
        appointments
            .MapGet("/", List)
            .WithName("listAppointments")
            .WithSummary("List appointments, the earliest first")
            .WithDescription(
                "Without an area or a household, the caller's own, with every service of theirs that isn't at its end; with an "
                    + "area, those in "
                    + "it and below; with a household, what is still to come with it. Household names are masked, but for their workers."
            )
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.NotYourArea);
        appointments
            .MapGet("/{appointment}", Get)
            .WithName("getAppointment")
            .WithSummary("Get an appointment")
            .WithProblems(CaseRejections.NotFound);
        appointments.MapSteps();
    }

    static async Task<Results<Ok<ListJson<AppointmentJson>>, ProblemHttpResult>> List(
        [Description("The first day, or moment; today by default.")] string? from,
        [Description("The day, or moment, before which the list ends; a week later by default, and 62 days later at most.")] string? until,
        [Description("Code of an area where you may read households.")] string? area,
        [Description("Id of a household; the days don't matter then.")] string? household,
        Caller caller,
        AppointmentQueries queries,
        AppointmentHouseholds households,
        GrainReferences<IHouseholdGrain> actors,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        if (household is not null)
            return await HouseholdEndpoints.Find(household, caller, actors, cancellationToken) is { } one
                ? await Shown(await queries.OfHousehold(one.Id, cancellationToken), caller, households, cancellationToken)
                : Problem.Of(CaseRejections.NotFound, context);
        var fields = Fields.Of(context);
        var begin = fields.Time("from", from, caller.Pack) ?? caller.Pack.Start(caller.Pack.Day(clock.GetUtcNow()));
        var end = fields.Time("until", until, caller.Pack) ?? begin.AddDays(UsualDays);
        if (fields.AreValid && (end <= begin || end - begin > TimeSpan.FromDays(MaxDays)))
            fields.Wrong("until", $"应晚于开始日期，最多 {MaxDays} 天", $"is after the first day, by {MaxDays} days at most");
        if (!fields.AreValid)
            return fields.Problem(context);
        if (area is null)
            return await Shown(await queries.OfWorker(caller.Id, begin, end, cancellationToken), caller, households, cancellationToken);
        var (under, problem) = HouseholdListQuery.Under(area, caller, context);
        if (under is null)
            return problem!;
        string[] areas = [.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)];
        return await Shown(await queries.OfAreas(areas, begin, end, cancellationToken), caller, households, cancellationToken);
    }

    static async Task<Results<Ok<AppointmentJson>, ProblemHttpResult>> Get(
        string appointment,
        Caller caller,
        GrainReferences<IAppointmentGrain> appointments,
        AppointmentHouseholds households,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await Find(appointment, caller, appointments, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        return TypedResults.Ok(AppointmentJson.Of(view, await households.Of([view], cancellationToken), caller));
    }

    static async Task<Ok<ListJson<AppointmentJson>>> Shown(
        IReadOnlyList<AppointmentView> views,
        Caller caller,
        AppointmentHouseholds households,
        CancellationToken cancellationToken
    )
    {
        var rows = await households.Of(views, cancellationToken);
        return TypedResults.Ok(new ListJson<AppointmentJson>([.. views.Select(v => AppointmentJson.Of(v, rows, caller))], null));
    }

    /// <summary>Null when there is none, or the caller may not see it.</summary>
    internal static async Task<AppointmentView?> Find(
        string id,
        Caller caller,
        GrainReferences<IAppointmentGrain> appointments,
        CancellationToken cancellationToken
    )
    {
        if (!Guid.TryParseExact(id, "N", out var guid))
            return null;
        var actor = appointments.Of(guid);
        return (await ActorCalls.Call(token => actor.Get(caller.Id, token), cancellationToken)).Appointment;
    }
}

/// <summary>The households of appointments, read together.</summary>
sealed class AppointmentHouseholds(HouseholdQueries queries)
{
    public async Task<IReadOnlyDictionary<Guid, HouseholdRow>> Of(
        IReadOnlyList<AppointmentView> views,
        CancellationToken cancellationToken
    ) => await Of([.. views.SelectMany(v => v.Households).Select(h => h.Household).Distinct()], cancellationToken);

    public async Task<IReadOnlyDictionary<Guid, HouseholdRow>> Of(ImmutableArray<Guid> ids, CancellationToken cancellationToken) =>
        ids.IsEmpty ? ImmutableDictionary<Guid, HouseholdRow>.Empty : (await queries.Of(ids, cancellationToken)).ToDictionary(h => h.Id);
}
