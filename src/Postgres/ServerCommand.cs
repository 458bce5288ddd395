using System.ComponentModel;
using System.Diagnostics;

namespace GridActors.Postgres;

/// <summary>Runs a program to its end, and returns what it wrote.</summary>
static class ServerCommand
{
    public readonly record struct Result(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }

    static readonly string[] UsualFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The folders of PATH, and folders that a service's PATH often lacks.</summary>
    public static IEnumerable<string> SearchPath =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualFolders)
            .Distinct();

    public static string? Find(string program) => SearchPath.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static ProcessStartInfo Describe(IReadOnlyList<string> arguments)
    {
        // The program gets no input from the terminal, and runs in a folder that every account may enter.
        var info = new ProcessStartInfo(arguments[0], arguments.Skip(1))
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // PGPORT, PGDATA and similar variables would change what the server does. Messages must be English, because we recognise them by
        // their text.
        foreach (var name in info.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            info.Environment.Remove(name);
        info.Environment.Remove("LANGUAGE");
        info.Environment["LC_ALL"] = "C.UTF-8";
        return info;
    }

    /// <param name="endsInput">Whether the program's input ends at once, and not when this process ends.</param>
    public static Process Begin(IReadOnlyList<string> arguments, bool endsInput = true)
    {
        try
        {
            var process = Process.Start(Describe(arguments))!;
            if (endsInput)
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
