namespace GridActors.Simulator.Replay;

/// <summary>
/// Turns a wall clock without zone into instants. A time in the hour that occurs twice at the end of summer time counts as the first of the
/// two, unless that is before a time which is known to be earlier. A time in the hour that the start of summer time skips is read as if the
/// clock hadn't been put forward.
/// </summary>
sealed class CityClock(TimeZoneInfo zone)
{
    public static CityClock Boston { get; } = new(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    public DateTimeOffset Instant(DateTime local, DateTimeOffset notBefore)
    {
        if (zone.IsInvalidTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddDays(-1)));
        if (!zone.IsAmbiguousTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        var first = new DateTimeOffset(local, offsets.Max());
        return first >= notBefore ? first : new DateTimeOffset(local, offsets.Min());
    }

    /// <summary>Rows come in the order of opening. That shows which of the two repeated hours is meant.</summary>
    public IEnumerable<TimedRow> Time(IEnumerable<FileRow> rows)
    {
        var previous = DateTimeOffset.MinValue;
        foreach (var row in rows)
        {
            var opened = Instant(row.Opened, previous);
            previous = opened;
            yield return new TimedRow(row, opened, row.Closed is { } closed ? Instant(closed, opened) : null);
        }
    }
}

sealed record TimedRow(FileRow Row, DateTimeOffset Opened, DateTimeOffset? Closed)
{
    /// <summary>
    /// The file doesn't say when somebody began to work on a request. A quarter of the way from opening to closing is a guess.
    /// </summary>
    public DateTimeOffset Claimed => Closed is { } closed && closed > Opened ? Opened + (closed - Opened) / 4 : Opened;
}
