using System.Globalization;
using System.Text.RegularExpressions;
using GridActors.Harness;
using Npgsql;

namespace GridActors.CheckIns;

/// <summary>
/// The reference: <c>pgbench</c> on the same server with the same settings, 32 clients, which insert one record a transaction into a copy
/// of the table with the same indexes.
/// </summary>
sealed partial class PgBench(MeasuredService service, string folder)
{
    const int Clients = 32;
    const string Insert = """
        \set person random(1, 1253)
        insert into pgbench.pgbench_field_record (person, id, pack, area, day, kind, device_at, at, received_at, device, sequence, lon, lat,
            accuracy, source, crs, grade, reasons, late, households, photos, data)
        values ('chengtanjiang/ct-s-' || :person, gen_random_uuid(), 'chengtanjiang', 'chengtanjiang/area-' || :person, current_date, 7,
            now(), now(), now(), 'device-' || :person, 1, 113.5, 28.1, 12, 0, 0, 1, array[1::smallint], false, array[]::uuid[],
            array[]::text[], '{"facts": {"accuracy": 12, "isMeasured": true, "hasCode": false, "hasPhoto": false,
            "hasOriginalPhoto": false, "isAtStation": false}}');
        """;

    /// <returns>Transactions a second.</returns>
    public async Task<double> Run(int seconds, CancellationToken cancellationToken)
    {
        await Execute("create schema if not exists pgbench", cancellationToken);
        await Execute("drop table if exists pgbench.pgbench_field_record", cancellationToken);
        await Execute("create table pgbench.pgbench_field_record (like public.field_record including all)", cancellationToken);
        var file = Path.Combine(folder, "check-in.sql");
        await File.WriteAllTextAsync(file, string.Join('\n', Statements()) + "\n", cancellationToken);
        var database = service.Database;
        var output = await Tool.Run(
            Find(),
            [
                "-n",
                "-M",
                "prepared",
                "-c",
                Clients.ToString(CultureInfo.InvariantCulture),
                "-j",
                "2",
                "-T",
                seconds.ToString(CultureInfo.InvariantCulture),
                "-f",
                file,
                "-h",
                database.SocketFolder,
                "-p",
                "5432",
                "-U",
                PrivateDatabase.User,
                PrivateDatabase.User,
            ],
            new Dictionary<string, string> { ["PGPASSWORD"] = database.Password },
            TimeSpan.FromSeconds(seconds + 60),
            cancellationToken
        );
        await Execute("drop schema pgbench cascade", cancellationToken);
        return double.Parse(PerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A command of pgbench's own ends with its line, and so does a statement here.</summary>
    static IEnumerable<string> Statements()
    {
        var lines = Insert.ReplaceLineEndings("\n").Split('\n');
        yield return lines[0];
        yield return string.Join(' ', lines[1..].Select(l => l.Trim()));
    }

    async Task Execute(string statement, CancellationToken cancellationToken)
    {
        await using var connection = await service.Connect(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>pgbench is in the folder of the server's programs, which Debian doesn't put into the path.</summary>
    static string Find() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order().LastOrDefault() ?? "pgbench"
            : "pgbench";

    [GeneratedRegex(@"^tps = ([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex PerSecond();
}
