using System.Globalization;

namespace GridActors.Harness;

/// <summary>Processor time used so far, user and system, in seconds.</summary>
readonly record struct ProcessorTime(double Service, double Database)
{
    const double TicksPerSecond = 100; // USER_HZ is 100 on every Linux.

    public static ProcessorTime operator -(ProcessorTime a, ProcessorTime b) => new(a.Service - b.Service, a.Database - b.Database);

    public static ProcessorTime Of(int service, int? postmasterId)
    {
        var used = Stat(service.ToString(CultureInfo.InvariantCulture)) is { } own ? Time(own) / TicksPerSecond : 0;
        return new(used, postmasterId is { } id ? OfServer(id) / TicksPerSecond : 0);
    }

    /// <returns>The ticks of the postmaster and all its processes, ended ones included.</returns>
    static double OfServer(int postmasterId)
    {
        var postmaster = postmasterId.ToString(CultureInfo.InvariantCulture);
        var database = Stat(postmaster) is { } parent ? Time(parent) + Ticks(parent, 13) + Ticks(parent, 14) : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Stat(Path.GetFileName(folder)) is { } stat && stat[1] == postmaster)
                database += Time(stat);
        return database;
    }

    static double Time(string[] stat) => Ticks(stat, 11) + Ticks(stat, 12);

    static double Ticks(string[] stat, int field) => double.Parse(stat[field], CultureInfo.InvariantCulture);

    /// <summary>The fields after the name: state, parent, …; user and system time at 11 and 12, then those of ended children.</summary>
    static string[]? Stat(string process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null; // The process has ended.
        }
    }
}
