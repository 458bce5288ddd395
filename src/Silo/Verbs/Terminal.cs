using System.Text.Json;
using GridActors.Postgres;
using GridActors.Silo.Hosting;

namespace GridActors.Silo.Verbs;

/// <summary>Writes a verb's results to standard output, and a failure to standard error as one sentence.</summary>
static class Terminal
{
    public static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }

    /// <summary>
    /// Tells a failure that the person at the terminal can put right as one sentence. Any other is a fault of the program: its stack trace
    /// is what a report of it needs.
    /// </summary>
    public static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            return Fail("Stopped.");
        }
        catch (Exception e)
        {
            return Fail(Explain(e) ?? $"This is a fault of GridActors; please report it with the lines below.\n{e}");
        }
    }

    static string? Explain(Exception e) =>
        StartFailures.Explain(e, new() { ConnectionString = "" }) switch
        {
            ArgumentException { Source: "Npgsql" or "System.Data.Common" } => $"The connection string isn't valid: {e.Message}",
            var known
                when known
                    is StartException
                        or ServerException
                        or IOException
                        or UnauthorizedAccessException
                        or HttpRequestException
                        or UriFormatException
                        or JsonException => known.Message,
            _ => null,
        };
}
