namespace GridActors.Simulator.Day;

/// <summary>
/// How busy an hour of the day is, relative to the day's mean: patrols begin at eight, and nights are quiet but not empty.
/// </summary>
static class RateCurve
{
    // One weight per full hour; between two hours the rate changes evenly.
    static readonly double[] Hours =
    [
        0.10,
        0.06,
        0.05,
        0.05,
        0.06,
        0.15,
        0.45,
        1.20,
        2.40,
        2.80,
        2.30,
        1.60,
        0.90,
        1.00,
        1.70,
        2.10,
        1.90,
        1.40,
        1.00,
        0.90,
        0.75,
        0.55,
        0.35,
        0.20,
    ];

    static readonly double Mean = Hours.Average();

    /// <summary>No hour is busier than this many times the mean.</summary>
    public static double Peak { get; } = Hours.Max() / Mean;

    public static double At(TimeOnly time)
    {
        var hour = time.Hour;
        var part = (time.ToTimeSpan() - TimeSpan.FromHours(hour)) / TimeSpan.FromHours(1);
        var here = Hours[hour];
        return (here + (Hours[(hour + 1) % 24] - here) * part) / Mean;
    }
}
