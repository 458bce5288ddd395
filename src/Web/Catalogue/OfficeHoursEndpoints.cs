using GridActors.Storage.Time;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Catalogue;

/// <param name="From">The first day: today at the place.</param>
/// <param name="To">The last day.</param>
/// <param name="Intervals">In their order. A day off has none.</param>
public sealed record OfficeHoursJson(DateOnly From, DateOnly To, IReadOnlyList<OfficeIntervalJson> Intervals);

public sealed record OfficeIntervalJson(DateTimeOffset Opens, DateTimeOffset Closes);

/// <summary>The office hours of the days to come, from which a page knows at every moment how much working time is left.</summary>
public static class OfficeHoursEndpoints
{
    const int Days = 60;

    public static void MapOfficeHours(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/office-hours", Get)
            .RequireAuthorization()
            .WithTags("Catalogue")
            .WithName("getOfficeHours")
            .WithSummary("Get the office hours of your place for the next 60 days")
            .WithProblems(Problem.NotSignedIn);

    static OfficeHoursJson Get(Caller caller, ServiceTime time)
    {
        var working = caller.Pack.WorkingTime;
        var from = working.DayOf(time.GetUtcNow());
        var to = from.AddDays(Days - 1);
        return new(from, to, [.. working.OfficeHours(from, to).Select(i => new OfficeIntervalJson(i.Opens, i.Closes))]);
    }
}
