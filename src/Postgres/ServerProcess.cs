using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GridActors.Postgres;

/// <summary>The running server (its first process, the postmaster): started by this host, or left running by an earlier one.</summary>
sealed class ServerProcess : IDisposable
{
    const int Interrupt = 2;
    const int Quit = 3;
    const int Kill = 9;
    const int SetFlags = 2;
    const int CloseOnExec = 1;

    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

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

    /// <summary>
    /// The postmaster's process id. It can differ from the child's when a program that changes the account stands between them.
    /// </summary>
    public int ProcessId => PostmasterFile.Read(_cluster)?.ProcessId ?? _processId;

    public Task Exited { get; }

    /// <summary>What the server wrote to standard error before it opened its log.</summary>
    public Task<string> Errors() => _errors;

    /// <summary>
    /// Runs the server, and beside it a watcher that waits for the end of the host, when its own input ends, and then stops the server: so
    /// that a host that is killed leaves none running. The file says whether the process id is still the server's.
    /// </summary>
    const string Script = """
        umask 077; log=$1; file=$2; shift 2; server=$$
        exec 3<&0
        (cat <&3; if [ "$(head -n 1 "$file")" = "$server" ]; then kill -INT "$server"; fi) >/dev/null 2>&1 &
        exec "$@" >>"$log" 2>&1 </dev/null 3<&-
        """;

    /// <summary>
    /// Starts the server in its own session, so that Ctrl-C at the terminal reaches only the host, which stops the server last. The server
    /// writes its log into the file itself, so it goes on logging when the host is killed.
    /// </summary>
    public static ServerProcess Start(ServerCluster cluster, ServerBinaries binaries, ServerAccount account)
    {
        var server = account.Command(
            "/bin/sh",
            "-c",
            Script,
            "sh",
            cluster.LogFile,
            cluster.ProcessFile,
            binaries.Postgres,
            "-D",
            cluster.Folder,
            "-c",
            $"config_file={cluster.SettingsFile}"
        );
        KeepWhatWasInherited();
        string[] command = ServerCommand.Find("setsid") is { } setsid ? [setsid, .. server] : [.. server];
        return new ServerProcess(cluster, ServerCommand.Begin(command, endsInput: false));
    }

    /// <summary>The server that already runs in the cluster, or null.</summary>
    public static ServerProcess? Running(ServerCluster cluster) =>
        PostmasterFile.Read(cluster) is { } file && WorksIn(cluster, file.ProcessId) ? new ServerProcess(cluster, file.ProcessId) : null;

    /// <summary>
    /// Ends what a killed server left behind. Its worker processes would corrupt the cluster together with a new server. Its lock files may
    /// name a process that isn't a server any more: a zombie, or another program that got the same id.
    /// </summary>
    public static async Task ClearRemains(ServerCluster cluster, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var patience = Stopwatch.StartNew();
        while (WorkersIn(cluster) is { Length: > 0 } workers)
        {
            // Workers end by themselves when they notice that the postmaster is gone. One that executes a long statement notices late.
            if (patience.Elapsed > TimeSpan.FromSeconds(2))
                foreach (var worker in workers)
                    Send(worker, patience.Elapsed > TimeSpan.FromSeconds(5) ? Kill : Quit);
            await Task.Delay(PollInterval, cancellationToken);
        }
        File.Delete(cluster.ProcessFile);
        File.Delete(cluster.SocketFile);
        File.Delete(cluster.SocketFile + ".lock");
    }

    /// <summary>
    /// Stops the server fast: it aborts running statements and writes everything committed. When the time is up, it is killed.
    /// </summary>
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
            await Task.Delay(PollInterval);
    }

    static int[] WorkersIn(ServerCluster cluster) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id != 0 && WorksIn(cluster, id)),
        ];

    /// <summary>
    /// A process of the server has the cluster's folder as its working directory. The process id alone isn't enough, because another
    /// program may have it by now.
    /// </summary>
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
        // A failure means that the process has ended already, which the caller awaits next.
        if (processId > 1)
            _ = SendSignal(processId, signal);
    }

    /// <summary>
    /// Keeps the server from inheriting the host's open files. The server outlives a killed host for a moment; it would then keep a lock
    /// or a pipe in use that the host was started with, and another process would wait for it. .NET marks the files that it opens itself.
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
