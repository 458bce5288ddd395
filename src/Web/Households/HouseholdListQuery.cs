using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Coverage;
using GridActors.Domain.Packs;
using GridActors.Storage.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Households;

/// <summary>The filters of a list of households, as a request gives them.</summary>
public sealed record HouseholdListQuery
{
    [Description("Code of the area; by default the caller's home.")]
    public string? Area { get; init; }

    [Description("Only households of which somebody is in this special group.")]
    public string? Group { get; init; }

    [Description("Only households of which somebody is `registered`, `migrant` or `absent`.")]
    public string? Kind { get; init; }

    [Description("Only `living`, `empty` or `merged` ones; `living` by default.")]
    public string? State { get; init; }

    [Description("Only those whose facts were not confirmed for this many days.")]
    public int? StaleDays { get; init; }

    [Description("Only those that nobody ever visited.")]
    public bool? NeverVisited { get; init; }

    [Description("Only those of which a certificate lapses within this many days.")]
    public int? LapsesWithinDays { get; init; }

    [Description("Only those that must be visited by the end of the `week`, or should have been before today: `overdue`.")]
    public string? MustVisit { get; init; }

    const int MaxDays = 3660;

    /// <returns>The filter, or why there is none.</returns>
    public (HouseholdFilter? Filter, ProblemHttpResult? Problem) Read(
        Caller caller,
        string? cursor,
        DateTimeOffset now,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var after))
            Paging.Wrong(fields);
        var kind = Kind is null ? null : HouseholdNames.Kind(Kind);
        if (Kind is not null && kind is null)
            fields.Wrong("kind", "应为 registered、migrant 或 absent", "must be registered, migrant or absent");
        var state = State is null ? HouseholdStatus.Living : HouseholdNames.Status(State);
        if (state is null)
            fields.Wrong("state", "应为 living、empty 或 merged", "must be living, empty or merged");
        if (MustVisit is not (null or "week" or "overdue"))
            fields.Wrong("mustVisit", "应为 week 或 overdue", "must be week or overdue");
        CheckDays(fields, "staleDays", StaleDays);
        CheckDays(fields, "lapsesWithinDays", LapsesWithinDays);
        if (!fields.AreValid)
            return (null, fields.Problem(context));
        var (under, problem) = Under(Area, caller, context);
        if (under is null)
            return (null, problem);
        if (Group is { } group && !caller.Pack.MayReadGroup(caller.Id, under, group))
            return (null, Problems.Problem.Of(CaseRejections.NotPermitted, context));
        var week = MustVisit is null ? null : VisitWeek.Of(caller.Pack, now, g => caller.Pack.MayReadGroup(caller.Id, under, g));
        return (
            new([.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)])
            {
                Group = Group,
                Kind = kind,
                Status = state,
                CheckedBefore = StaleDays is { } stale ? caller.Pack.Start(caller.Pack.Day(now).AddDays(-stale)) : null,
                NeverVisited = NeverVisited == true,
                ExpiresBy = LapsesWithinDays is { } days ? caller.Pack.Day(now).AddDays(days) : null,
                MustVisit = week is null ? null : [.. week.Groups.Select(g => (g.Id, MustVisit == "week" ? g.DueBefore : g.OverdueBefore))],
                After = after,
            },
            null
        );
    }

    /// <returns>The area that is asked for, whose households the caller may read; or why there is none.</returns>
    public static (AreaNode? Area, ProblemHttpResult? Problem) Under(string? code, Caller caller, HttpContext context)
    {
        if (caller.Pack.Pack.Households is null)
            return (null, Problems.Problem.Of(HouseholdRejections.NoHouseholds, context));
        var under = code is null ? caller.Person.Home : caller.Area(code);
        if (under is null)
            return (null, Problems.Problem.Of(CaseRejections.NotFound, context));
        return caller.Person.Over(under).Has(Permission.ReadHouseholds)
            ? (under, null)
            : (null, Problems.Problem.Of(CaseRejections.NotYourArea, context));
    }

    static void CheckDays(Fields fields, string name, int? days)
    {
        if (days is < 0 or > MaxDays)
            fields.Wrong(name, $"应在 0 至 {MaxDays} 之间", $"is between 0 and {MaxDays}");
    }
}
