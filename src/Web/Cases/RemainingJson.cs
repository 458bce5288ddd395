using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Web.Cases;

/// <summary>How much is left until a case is due.</summary>
/// <param name="Minutes">
/// Whole minutes, of office hours alone where the term counts working time; negative when that much has passed since it was due.
/// </param>
/// <param name="OfficeHours">Whether they are minutes of office hours.</param>
/// <param name="WorkingDays">
/// For a term of working days: how many there are after today, up to the day when it is due; 0 on that day. Null for any other term, and
/// when it is overdue.
/// </param>
public sealed record RemainingJson(int Minutes, bool OfficeHours, int? WorkingDays)
{
    internal static RemainingJson? Of(ICaseSummary summary, WorkingTime time, DateTimeOffset now)
    {
        if (summary.DueAt is not { } due)
            return null;
        var remaining = time.Remaining(now, due, Term.Parse(summary.DueTerm)?.Unit ?? TermUnit.Minutes);
        return new((int)remaining.Time.TotalMinutes, remaining.IsOfficeTime, remaining.WorkingDays);
    }
}
