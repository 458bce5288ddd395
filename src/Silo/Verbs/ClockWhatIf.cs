using System.CommandLine;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
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
                    var moves = new Moves();
                    await foreach (var state in new OpenCases(source).Of(working.Pack, cancellationToken))
                        moves.Add(state, working.Time);
                    moves.Print(result.GetValue(json));
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

    /// <summary>How many open cases there are, and what would become of what was promised in each.</summary>
    sealed class Moves
    {
        int _cases;
        int _earlier;
        int _later;
        int _overdue;

        public void Add(CaseState state, WorkingTime time)
        {
            _cases++;
            var before = state.Case!;
            if (!ClockMoves.IsOutdated(before, time))
                return;
            var at = DateTimeOffset.UtcNow;
            var replanned = CaseClockRules.Plan(state, new CaseReplanned(), time, at);
            var after = CaseState.Evolve(state, replanned, new(before.Id, at, before.UpdatedBy, Guid.Empty)).Case!;
            // The next due time alone would hide a later one that moves.
            var moved = before
                .Clocks.Zip(after.Clocks)
                .Where(pair => pair.First.IsPromise)
                .Select(pair => pair.Second.DueAt.CompareTo(pair.First.DueAt))
                .ToList();
            if (moved.Any(difference => difference < 0))
                _earlier++;
            if (moved.Any(difference => difference > 0))
                _later++;
            if (before.Urgency != Urgency.Overdue && after.DueAt <= at)
                _overdue++;
        }

        public void Print(bool json)
        {
            if (json)
                Console.WriteLine(
                    JsonSerializer.Serialize(
                        new
                        {
                            openCases = _cases,
                            earlier = _earlier,
                            later = _later,
                            overdueAtOnce = _overdue,
                        }
                    )
                );
            else
                Console.WriteLine(
                    $"{_cases} open cases with clocks: {_earlier} would be due earlier, {_later} later; "
                        + $"{_overdue} would be overdue at once."
                );
        }
    }
}
