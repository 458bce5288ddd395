using System.Collections.Immutable;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>Thins tracks, and deletes positions, and who used which device, that are kept long enough.</summary>
public sealed class TrackRetention(NpgsqlDataSource source)
{
    /// <returns>How many tracks were deleted.</returns>
    public async Task<int> DeleteTracks(string pack, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            delete from field_track where (person, id) in (
                select person, id from field_track where pack = $1 and ends < $2 limit $3)
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(before), Parameters.Of(limit));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes the positions of records of some days; the records stay.</summary>
    /// <param name="from">The first day; null for all before.</param>
    public async Task<int> DeletePositions(
        IReadOnlyList<string> areas,
        DateOnly? from,
        DateOnly before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            update field_record set lon = null, lat = null, accuracy = null, source = null, crs = null where (person, id) in (
                select person, id from field_record where area = any($1) and day < $2 and day >= $3 and lon is not null limit $4)
            """
        );
        command.Bind(
            Parameters.Texts(areas, a => a),
            Parameters.Of(before),
            Parameters.Of(from ?? new DateOnly(1900, 1, 1)),
            Parameters.Of(limit)
        );
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes who used which device: records of that age aren't taken any more, so that nothing is compared with it.</summary>
    public async Task<int> DeleteDevices(string pack, DateOnly before, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            delete from field_device where (pack, device, day, person) in (
                select pack, device, day, person from field_device where pack = $1 and day < $2 limit $3)
            """
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(before), Parameters.Of(limit));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>How many tracks were thinned.</returns>
    public async Task<int> Thin(string pack, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var due = new NpgsqlCommand(
            """
            select person, id, points from field_track where pack = $1 and ends < $2 and not thinned
            order by ends limit $3 for update skip locked
            """,
            connection,
            transaction
        );
        due.Bind(Parameters.Of(pack), Parameters.Of(before), Parameters.Of(limit));
        var thinned = new List<(string Person, Guid Id, string Points)>();
        await using (var reader = await due.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                thinned.Add((reader.GetString(0), reader.GetGuid(1), FieldJson.Write(Thin(FieldJson.ReadPoints(reader.GetString(2))))));
        if (thinned.Count == 0)
            return 0;
        await using var update = new NpgsqlCommand(
            """
            update field_track k set points = t.points, thinned = true
            from unnest($1, $2, $3) as t (person, id, points) where k.person = t.person and k.id = t.id
            """,
            connection,
            transaction
        );
        update.Bind(
            Parameters.Texts(thinned, t => t.Person),
            Parameters.Uuids(thinned, t => t.Id),
            Parameters.Jsons(thinned, t => t.Points)
        );
        await update.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return thinned.Count;
    }

    /// <summary>The first point, the last one, those at the sides of a gap, and in between one of every four minutes.</summary>
    internal static ImmutableArray<TrackPoint> Thin(ImmutableArray<TrackPoint> points)
    {
        var kept = ImmutableArray.CreateBuilder<TrackPoint>();
        for (var i = 0; i < points.Length; i++)
            if (kept.Count == 0 || i == points.Length - 1 || points[i + 1].At - kept[^1].At > TrackRule.Thinned)
                kept.Add(points[i]);
        return kept.ToImmutable();
    }
}
