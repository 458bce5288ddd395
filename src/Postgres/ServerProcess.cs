using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GridActors.Postgres;

/// <summary>The running server (its first process, the postmaster): started by this host, or left running by one that was killed.</summary>
sealed class ServerProcess : IDisposable
{
    const int Interrupt = 2;
    const int Quit = 3;
    const int Kill = 9;
    const int SetFlags = 2;
    const int CloseOnExec = 1;

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    readonly ServerCluster _cluster;
    readonly Process? _child;
    readonly Task<string> _errors;
    readonly int _processId;

    ServerProcess(ServerCluster cluster, Process child)
    {
        (_cluster, _child, _processId) = (cluster, child, child.Id);
        _errors = child.StandardError.ReadToEndAsync();
        Exited = child.WaitForExitAsync();
    }

    ServerProcess(ServerCluster cluster, int processId)
    {
        (_cluster, _processId) = (cluster, processId);
        _errors = Task.FromResult("");
        Exited = Watch();
    }

    /// <summary>Of the postmaster. It may differ from the child's where leaving root takes a process of its own.</summary>
    public int ProcessId => PostmasterFile.Read(_cluster)?.ProcessId ?? _processId;

    public Task Exited { get; }

    /// <summary>What was said before there was a log to say it in.</summary>
    public Task<string> Errors() => _errors;

    /// <summary>
    /// Starts the server in a session of its own: Ctrl-C at the terminal reaches the host, which stops the server when it has finished with
    /// it. It logs straight into the file, so it goes on logging when the host is killed.
    /// </summary>
    public static ServerProcess Start(ServerCluster cluster, ServerBinaries binaries, ServerAccount account)
    {
        var server = account.Command(
            "/bin/sh",
            "-c",
            "umask 077; log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null",
            "sh",
            cluster.LogFile,
            binaries.Postgres,
            "-D",
            cluster.Folder,
            "-c",
            $"config_file={cluster.SettingsFile}"
        );
        KeepWhatWasInherited();
        return new ServerProcess(cluster, ServerCommand.Begin(ServerCommand.Find("setsid") is { } setsid ? [setsid, .. server] : server));
    }

    /// <summary>The server that already works in the cluster, if one does.</summary>
    public static ServerProcess? Running(ServerCluster cluster) =>
        PostmasterFile.Read(cluster) is { } file && WorksIn(cluster, file.ProcessId) ? new ServerProcess(cluster, file.ProcessId) : null;

    /// <summary>
    /// Makes sure that nothing of a killed server is left: its other processes (two servers in one cluster would ruin it), and the lock
    /// files that name a process which isn't a server any more (a zombie nobody reaps, or a stranger with the number).
    /// </summary>
    public static async Task ClearRemains(ServerCluster cluster, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var patience = Stopwatch.StartNew();
        while (WorkersIn(cluster) is { Length: > 0 } workers)
        {
            // They leave by themselves when they notice that the postmaster is gone, which one in a long statement does late.
            if (patience.Elapsed > TimeSpan.FromSeconds(2))
                foreach (var worker in workers)
                    Send(worker, patience.Elapsed > TimeSpan.FromSeconds(5) ? Kill : Quit);
            await Task.Delay(Look, cancellationToken);
        }
        File.Delete(cluster.ProcessFile);
        File.Delete(cluster.SocketFile);
        File.Delete(cluster.SocketFile + ".lock");
    }

    /// <summary>Fast shutdown: running statements are given up, everything committed is written. Bounded: after that, by force.</summary>
    public async Task<bool> Stop(TimeSpan within)
    {
        if (Exited.IsCompleted)
            return true;
        Send(ProcessId, Interrupt);
        if (await Exits(within))
            return true;
        Send(ProcessId, Quit);
        if (!await Exits(TimeSpan.FromSeconds(5)))
        {
            Send(ProcessId, Kill);
            await Exits(TimeSpan.FromSeconds(5));
        }
        return false;
    }

    public void Dispose() => _child?.Dispose();

    async Task<bool> Exits(TimeSpan within)
    {
        try
        {
            await Exited.WaitAsync(within);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    async Task Watch()
    {
        while (WorksIn(_cluster, _processId))
            await Task.Delay(Look);
    }

    static int[] WorkersIn(ServerCluster cluster) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id != 0 && WorksIn(cluster, id)),
        ];

    /// <summary>A process of the server stands in its cluster's folder. A number alone could be anybody's by now.</summary>
    static bool WorksIn(ServerCluster cluster, int processId)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
                return Process.GetProcessById(processId) is { HasExited: false, ProcessName: "postgres" };
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget == cluster.Folder
                && File.ReadAllText($"/proc/{processId}/comm").StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static void Send(int processId, int signal)
    {
        // Failing means that it is gone already, and that is what is awaited next.
        if (processId > 1)
            _ = SendSignal(processId, signal);
    }

    /// <summary>
    /// The server may outlive the host. A lock or a pipe that the host was started with would then stay in use, and whoever waits for it would wait in vain.
    /// So no file of the host's is passed on; .NET marks its own already.
    /// </summary>
    static void KeepWhatWasInherited()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var file in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
            if (int.TryParse(Path.GetFileName(file), CultureInfo.InvariantCulture, out var number) && number > 2)
                _ = ControlFile(number, SetFlags, CloseOnExec);
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int ControlFile(int file, int command, int flags);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int SendSignal(int processId, int signal);
}
