namespace GridActors.Domain.Clocks;

/// <summary>
/// The working days and office hours of one year as sorted tables, so that a due time is a few steps of a search and no walk through days.
/// Days are counted from 1, as in <see cref="DateOnly.DayOfYear"/>; times are ticks of UTC.
/// </summary>
sealed class WorkingYear
{
    readonly short[] _rank; // by day: how many working days there are up to and including it
    readonly short[] _workdays; // the days themselves, in order
    readonly long[] _closeOfDay; // of each working day
    readonly long[] _opens;
    readonly long[] _closes;
    readonly long[] _worked; // by interval: how much office time there is up to its end

    public WorkingYear(int year, WorkSchedule schedule, LocalTimes times, Func<DateOnly, bool> isWorked)
    {
        Year = year;
        var length = DateTime.IsLeapYear(year) ? 366 : 365;
        _rank = new short[length + 1];
        List<short> workdays = [];
        List<long> closeOfDay = [];
        List<long> opens = [];
        List<long> closes = [];
        List<long> worked = [];
        for (var number = 1; number <= length; number++)
        {
            var day = new DateOnly(year, 1, 1).AddDays(number - 1);
            if (isWorked(day))
            {
                var before = worked.Count;
                foreach (var interval in schedule.OfficeOn(day).Intervals)
                {
                    var opening = times.Opening(day, interval.Opens);
                    if (closes.Count > 0)
                        opening = Math.Max(opening, closes[^1]); // Two intervals that touch within an hour that comes twice.
                    var closing = times.Closing(day, interval.Closes);
                    if (closing <= opening)
                        continue; // The change of the clocks skips all of it.
                    opens.Add(opening);
                    closes.Add(closing);
                    worked.Add((worked.Count == 0 ? 0 : worked[^1]) + closing - opening);
                }
                // A zone that moves across the date line skips a whole day.
                if (worked.Count > before)
                {
                    workdays.Add((short)number);
                    closeOfDay.Add(closes[^1]);
                }
            }
            _rank[number] = (short)workdays.Count;
        }
        (_workdays, _closeOfDay) = ([.. workdays], [.. closeOfDay]);
        (_opens, _closes, _worked) = ([.. opens], [.. closes], [.. worked]);
    }

    public int Year { get; }
    public int Workdays => _workdays.Length;

    /// <summary>All office time of the year.</summary>
    public long Worked => _worked.Length == 0 ? 0 : _worked[^1];

    public bool IsWorked(DateOnly day) => _rank[day.DayOfYear] > _rank[day.DayOfYear - 1];

    /// <summary>How many working days there are up to a day, that day included.</summary>
    public int Rank(DateOnly day) => _rank[day.DayOfYear];

    public DateOnly Workday(int rank) => new DateOnly(Year, 1, 1).AddDays(_workdays[rank - 1] - 1);

    public long CloseOf(int rank) => _closeOfDay[rank - 1];

    /// <summary>The office hours that begin between two moments.</summary>
    public IEnumerable<(long Opens, long Closes)> Intervals(long from, long before)
    {
        var found = Array.BinarySearch(_opens, from);
        for (var i = found >= 0 ? found : ~found; i < _opens.Length && _opens[i] < before; i++)
            yield return (_opens[i], _closes[i]);
    }

    /// <summary>The office time of the year before a moment.</summary>
    public long WorkedBefore(long at)
    {
        var found = Array.BinarySearch(_opens, at);
        var last = found >= 0 ? found : ~found - 1; // The last interval that has begun.
        if (last < 0)
            return 0;
        return _worked[last] - Math.Max(0, _closes[last] - at);
    }

    /// <summary>
    /// The first moment before which an amount of office time, more than none, has passed: the end of an interval if it fills it.
    /// </summary>
    public long EndOf(long amount)
    {
        var found = Array.BinarySearch(_worked, amount);
        var interval = found >= 0 ? found : ~found;
        return _closes[interval] - (_worked[interval] - amount);
    }

    /// <summary>
    /// The last moment before which no more than an amount of office time, less than all, has passed: the beginning of an interval.
    /// </summary>
    public long BeginningAfter(long amount)
    {
        var found = Array.BinarySearch(_worked, amount);
        var interval = found >= 0 ? found + 1 : ~found;
        return _closes[interval] - (_worked[interval] - amount);
    }
}
