using GridActors.Contracts.Scores;
using GridActors.Domain.Scores;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Scores;

/// <summary>The month and the rules that a request is about.</summary>
/// <param name="Until">The last day that counts so far.</param>
/// <param name="IsTrial">Other rules were asked for than those that hold in the month.</param>
/// <param name="IsProvisional">The month isn't over.</param>
sealed record AskedScores(
    ScoreRules Rules,
    ScoreRuleSet Set,
    ScoreMonth Month,
    DateTimeOffset Now,
    DateOnly Until,
    bool IsProvisional,
    bool IsTrial
)
{
    /// <returns>Null, and why, when the request is wrong, or there are no such rules.</returns>
    public static AskedScores? Of(
        string? month,
        int? version,
        Caller caller,
        DateTimeOffset now,
        HttpContext context,
        out ProblemHttpResult? problem
    )
    {
        var today = caller.Pack.Day(now);
        var (fields, asked) = (Fields.Of(context), string.IsNullOrEmpty(month) ? ScoreMonth.Of(today) : ScoreMonth.Parse(month));
        if (asked is null)
            fields.Wrong("month", "应为月份（2026-11）", "must be a month (2026-11)");
        else if (asked > ScoreMonth.Of(today))
            fields.Wrong("month", "还没有到这个月", "is still to come");
        if (!fields.AreValid)
        {
            problem = fields.Problem(context);
            return null;
        }
        var rules = caller.Pack.Pack.Scores;
        var inForce = rules?.In(asked!.Value);
        var set = version is { } other ? rules?.Version(other) : inForce;
        problem = set is null ? Problem.Of(ScoreRejections.NoScores, context) : null;
        if (set is null)
            return null;
        var last = asked!.Value.Last;
        return new(rules!, set, asked.Value, now, last < today ? last : today, last >= today, set != inForce);
    }
}
