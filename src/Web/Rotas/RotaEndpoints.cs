using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Rotas;
using GridActors.Storage.Time;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Rotas;

/// <summary>A duty rota of the pack.</summary>
public sealed record RotaJson(string Id, string Name, string NameEn);

/// <summary>Somebody's turn of duty.</summary>
/// <param name="Rota">The rota's id.</param>
/// <param name="Area">The code of the area in which they are on duty.</param>
/// <param name="Ends">The first moment after it.</param>
public sealed record ShiftJson(
    string Rota,
    string Area,
    string AreaName,
    string Person,
    string PersonName,
    DateTimeOffset Begins,
    DateTimeOffset Ends
);

/// <param name="From">The first day: today at the place, or the day that was asked for.</param>
/// <param name="To">The last day on which a listed shift begins.</param>
/// <param name="Rotas">All rotas of the pack; empty where it has none.</param>
/// <param name="Shifts">In the order in which they begin. The first ones may have begun the day before.</param>
public sealed record DutyJson(DateOnly From, DateOnly To, IReadOnlyList<RotaJson> Rotas, IReadOnlyList<ShiftJson> Shifts);

/// <summary>Who is on duty.</summary>
public static class RotaEndpoints
{
    const int DefaultDays = 7;
    const int MaxDays = 31;

    public static void MapRotas(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/duty", Get)
            .RequireAuthorization()
            .WithTags("Catalogue")
            .WithName("getDuty")
            .WithSummary("Get who is on duty in an area and above it, or your own duty")
            .WithDescription("By the duty rotas of the pack. Who is on leave isn't left out: their deputies have their cases.")
            .WithProblems(Problem.NotSignedIn, Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.NotYourArea);

    static Results<Ok<DutyJson>, ProblemHttpResult> Get(
        [Description("Code of an area: duty there and above. Without it, the caller's own.")] string? area,
        [Description("The first day, like 2026-11-25; by default today at the place.")] DateOnly? from,
        [Description("How many days, 1 to 31; by default 7.")] int? days,
        Caller caller,
        ServiceTime clock,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        if (days is < 1 or > MaxDays)
            fields.Wrong("days", $"应在 1 至 {MaxDays} 之间", $"is between 1 and {MaxDays}");
        if (from is { Year: < 1900 or >= 3000 })
            fields.Wrong("from", "应为日期（2026-11-25）", "must be a date like 2026-11-25");
        if (!fields.AreValid)
            return fields.Problem(context);
        AreaNode? place = null;
        if (area is not null && (place = caller.Area(area)) is null)
            return Problem.Of(CaseRejections.NotFound, context);
        if (place is not null && !caller.Reads(place))
            return Problem.Of(CaseRejections.NotYourArea, context);

        var pack = caller.Pack;
        var first = from ?? pack.WorkingTime.DayOf(clock.GetUtcNow());
        var last = first.AddDays((days ?? DefaultDays) - 1);
        var shifts = pack.Pack.Shifts.Where(s =>
            place is null ? s.Person == caller.Id.Id : pack.Areas.GetValueOrDefault(s.Area)?.Contains(place) == true
        );
        return TypedResults.Ok(
            new DutyJson(
                first,
                last,
                [.. pack.Pack.Rotas.Select(r => new RotaJson(r.Id, r.Name, r.NameEn))],
                [.. shifts.SelectMany(s => Turns(s, pack, first, last)).OrderBy(t => t.Begins).ThenBy(t => t.Rota).ThenBy(t => t.Person)]
            )
        );
    }

    /// <summary>Those that reach into the days, so that who is on duty since yesterday is among them.</summary>
    static IEnumerable<ShiftJson> Turns(Shift shift, LoadedPack pack, DateOnly first, DateOnly last)
    {
        for (var day = first.AddDays(-1); day <= last; day = day.AddDays(1))
        {
            if (!shift.BeginsOn(day, pack.WorkingTime))
                continue;
            var (begins, ends) = shift.On(day, pack.WorkingTime);
            if (ends > pack.WorkingTime.StartOf(first))
                yield return new(
                    shift.Rota,
                    shift.Area,
                    pack.Areas[shift.Area].Name,
                    shift.Person,
                    pack.NameOf(new(pack.Pack.Id, shift.Person)),
                    begins,
                    ends
                );
        }
    }
}
