namespace GridActors.Domain.Clocks;

/// <summary>How much is left until something is due.</summary>
/// <param name="Time">Negative when it was due before.</param>
/// <param name="IsOfficeTime">Whether it is the office hours of working days alone.</param>
/// <param name="WorkingDays">
/// For a term of working days: those after today up to the day of the due time, which is 0 on that day. Null for any other term, and
/// when it was due before.
/// </param>
public readonly record struct Remaining(TimeSpan Time, bool IsOfficeTime, int? WorkingDays);
