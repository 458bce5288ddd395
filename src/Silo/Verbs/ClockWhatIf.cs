using System.CommandLine;
using System.Text.Json;
using GridActors.Domain.Cases;
using GridActors.Postgres;
using GridActors.Silo.Hosting;
using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Silo.Verbs;

/// <summary>
/// <c>clock what-if</c>: how many open cases would be due at another time by the calendar and the office hours of a pack's files. It reads
/// the database and changes nothing.
/// </summary>
static class ClockWhatIf
{
    public static Command Create(Option<string> pack, Option<bool> json)
    {
        var (data, database) = (Options.Data(), Options.Database());
        var whatIf = new Command("what-if", "Says how many open cases would be due at another time, before a pack is loaded.")
        {
            pack,
            json,
            data,
            database,
        };
        whatIf.SetAction(
            async (result, cancellationToken) =>
            {
                var name = result.GetRequiredValue(pack);
                if (ClockCommand.Working(name) is not { } working)
                    return 1;
                try
                {
                    await using var where = await DatabaseSource.Open(
                        result.GetValue(database),
                        result.GetValue(data),
                        cancellationToken,
                        besideService: true
                    );
                    await using var source = DatabaseExtensions.Open(where.ConnectionString);
                    var moves = new DueTimeMoves();
                    await foreach (var state in new OpenCases(source).Of(working.Pack, cancellationToken))
                        moves.Add(state, working.Time, DateTimeOffset.UtcNow);
                    Print(moves, result.GetValue(json));
                    return 0;
                }
                catch (ServerException e)
                {
                    return Terminal.Fail(e.Message);
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
                {
                    return Terminal.Fail("There are no cases in this database: start the service with the pack first.");
                }
                catch (NpgsqlException e)
                {
                    return Terminal.Fail(StartFailures.Explain(e, new() { ConnectionString = "" }).Message);
                }
            }
        );
        return whatIf;
    }

    static void Print(DueTimeMoves moves, bool json)
    {
        if (json)
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        openCases = moves.Cases,
                        earlier = moves.Earlier,
                        later = moves.Later,
                        overdueAtOnce = moves.Overdue,
                    }
                )
            );
        else
            Console.WriteLine(
                $"{moves.Cases} open cases with clocks: {moves.Earlier} would be due earlier, {moves.Later} later; "
                    + $"{moves.Overdue} would be overdue at once."
            );
    }
}
