namespace GridActors.Harness;

/// <summary>
/// The machine's clock as one process of the service sees it, which can be set. Orleans reads the clock directly, so a service of the
/// process could not replace it: libfaketime does, which is loaded into the process before anything else.
/// </summary>
public sealed class FakeClock : IDisposable
{
    /// <summary>How long a process may take to notice that its clock was set.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1.1);

    readonly string _file = Path.GetTempFileName();

    public FakeClock() => Ahead(TimeSpan.Zero);

    /// <summary>What the process must be started with.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library(),
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            // The file is read when a second begins. With every look at the clock it would make the process several times slower.
            ["FAKETIME_CACHE_DURATION"] = "0",
            // Time passes as it does.
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            // Without it every timed wait of libfaketime 0.9.10 ends at once, and the process's threads never sleep.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };

    /// <summary>How far it is ahead of the right time.</summary>
    public TimeSpan Lead { get; private set; }

    /// <summary>Sets the clock; the process has it after <see cref="Delay"/>.</summary>
    /// <param name="ahead">How far it is ahead of the right time.</param>
    public void Ahead(TimeSpan ahead)
    {
        Lead = ahead;
        var next = _file + ".next";
        File.WriteAllText(next, FormattableString.Invariant($"{ahead.TotalSeconds:+0;-0}"));
        File.Move(next, _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);

    static string Library()
    {
        string[] folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"];
        var found = folders
            .Where(Directory.Exists)
            .SelectMany(f => Directory.GetDirectories(f).Append(f))
            .Select(f => Path.Combine(f, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists);
        return found ?? throw new InvalidOperationException("libfaketime is missing: install it (Debian: sudo apt-get install faketime).");
    }
}
