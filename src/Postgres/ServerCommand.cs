using System.ComponentModel;
using System.Diagnostics;

namespace GridActors.Postgres;

/// <summary>Programs that run to their end, and what they said.</summary>
static class ServerCommand
{
    public readonly record struct Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }

    static readonly string[] UsualFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The folders of PATH, and those a service's PATH often lacks.</summary>
    public static IEnumerable<string> SearchPath =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualFolders)
            .Distinct();

    public static string? Find(string program) => SearchPath.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static ProcessStartInfo Describe(IReadOnlyList<string> arguments)
    {
        // Nothing is inherited from the terminal, and the folder is one that every account may enter.
        var info = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // PGPORT, PGDATA and their like would change what the server does; English messages are what we recognise.
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            info.Environment.Remove(name);
        info.Environment.Remove("LANGUAGE");
        info.Environment["LC_ALL"] = "C.UTF-8";
        return info;
    }

    public static Process Begin(IReadOnlyList<string> arguments)
    {
        try
        {
            var process = Process.Start(Describe(arguments))!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception failure)
        {
            throw new ServerException($"{arguments[0]} could not be run ({failure.Message}).", failure);
        }
    }

    public static async Task<Result> Run(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Begin(arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var said = await output + await errors;
            await process.WaitForExitAsync(cancellationToken);
            return new Result(process.ExitCode, said.Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
