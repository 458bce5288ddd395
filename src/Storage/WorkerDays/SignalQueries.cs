using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>The records that were made in one cell of the signal map.</summary>
/// <param name="Centre">Of the cell.</param>
/// <param name="Area">Where most of them were counted.</param>
/// <param name="HeldBack">How many of them came late.</param>
/// <param name="Longest">How long one was kept at most.</param>
public sealed record SignalCell(Position Centre, AreaId Area, int Records, int HeldBack, TimeSpan Longest);

/// <summary>Finds out where phones have no signal.</summary>
public sealed class SignalQueries(NpgsqlDataSource source)
{
    const int MaxCells = 2000;

    const string Statement = """
        select floor(lon / $3)::integer, floor(lat / $3)::integer, mode() within group (order by area), count(*)::integer,
            (count(*) filter (where received_at - at >= $4))::integer, greatest(max(received_at - at), interval '0')
        from field_record where area = any($1) and day >= $2 and lon is not null and lat is not null
        group by 1, 2 having count(*) >= $5 order by 5 desc, 4 desc, 1, 2 limit $6
        """;

    /// <summary>The cells of some areas, those with the most late records first.</summary>
    public async Task<IReadOnlyList<SignalCell>> Cells(IReadOnlyList<string> areas, DateOnly since, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Statement);
        command.Bind(
            Parameters.Texts(areas, a => a),
            Parameters.Of(since),
            Parameters.Of(SignalRule.CellSize),
            Parameters.Of(SignalRule.HeldBack),
            Parameters.Of(SignalRule.MinRecords),
            Parameters.Of(MaxCells)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var cells = new List<SignalCell>();
        while (await reader.ReadAsync(cancellationToken))
            cells.Add(
                new(
                    new(Centre(reader.GetInt32(0)), Centre(reader.GetInt32(1))),
                    new(reader.GetString(2)),
                    reader.GetInt32(3),
                    reader.GetInt32(4),
                    reader.GetTimeSpan(5)
                )
            );
        return cells;
    }

    static double Centre(int cell) => Math.Round((cell + 0.5) * SignalRule.CellSize, 4);
}
