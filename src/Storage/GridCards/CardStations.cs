using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using GridActors.Storage.Time;
using Npgsql;

namespace GridActors.Storage.GridCards;

/// <summary>Where residents go during office hours: <c>grid_card_station</c>.</summary>
public sealed class CardStations(NpgsqlDataSource source, AccessJournal journal, ServiceTime clock)
{
    /// <summary>The area's own, or that of the nearest area above it; null where there is none.</summary>
    public async Task<CardStation?> Of(AreaNode area, CancellationToken cancellationToken)
    {
        var upwards = area.Upwards().Select(a => a.Id.Key).ToList();
        await using var command = source.CreateCommand(
            """
            select area, name, address, phone from grid_card_station
            where area = any($1) order by array_position($1, area) limit 1
            """
        );
        command.Bind(Parameters.Texts(upwards, a => a));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(new(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3))
            : null;
    }

    /// <summary>Keeps an area's own station; without a name it has none any more, and shows the one above it.</summary>
    public async Task Save(CardStation station, PersonId by, string address, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(
            station.Name.Length == 0
                ? new("delete from grid_card_station where area = $1") { Parameters = { Parameters.Of(station.Area.Key) } }
                : new(
                    """
                    insert into grid_card_station (area, pack, name, address, phone, changed_at, changed_by)
                    values ($1, $2, $3, $4, $5, $6, $7)
                    on conflict (area) do update set name = $3, address = $4, phone = $5, changed_at = $6, changed_by = $7
                    """
                )
                {
                    Parameters =
                    {
                        Parameters.Of(station.Area.Key),
                        Parameters.Of(station.Area.Pack),
                        Parameters.Of(station.Name),
                        Parameters.Of(station.Address),
                        Parameters.Of(station.Phone),
                        Parameters.Of(clock.GetUtcNow()),
                        Parameters.Of(by.Key),
                    },
                }
        );
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.CardChanged, by, address, Subject: station.Area.Code)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
