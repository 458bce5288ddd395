using System.Globalization;

namespace GridActors.Postgres;

/// <summary>
/// Lets one host use a data folder at a time. The lock is the kernel's, so it is released however the process ends. The process id is in a
/// file of its own, because other processes can't read the locked one.
/// </summary>
sealed class HostLock : IDisposable
{
    const int WouldBlock = 11;
    const int WouldBlockOnMac = 35;

    readonly FileStream _held;
    readonly string _processFile;

    HostLock(FileStream held, string processFile) => (_held, _processFile) = (held, processFile);

    public static HostLock Take(string dataFolder)
    {
        var processFile = Path.Combine(dataFolder, "host.pid");
        try
        {
            var held = new FileStream(Path.Combine(dataFolder, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.Delete(processFile); // A killed host may have left one that belongs to another user.
            File.WriteAllText(processFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new HostLock(held, processFile);
        }
        catch (IOException refused) when (refused.HResult is WouldBlock or WouldBlockOnMac)
        {
            var other = File.Exists(processFile) ? $"process {File.ReadAllText(processFile)}" : "one that is just starting";
            throw new ServerException(
                $"The data folder {dataFolder} is in use by another GridActors host, {other}: "
                    + "stop that one, or choose another folder with --data.",
                refused
            );
        }
    }

    /// <summary>True when a host uses the folder now.</summary>
    public static bool IsTaken(string dataFolder)
    {
        try
        {
            using var _ = new FileStream(Path.Combine(dataFolder, "host.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException refused)
        {
            return refused.HResult is WouldBlock or WouldBlockOnMac;
        }
    }

    public void Dispose()
    {
        File.Delete(_processFile);
        _held.Dispose();
    }
}
