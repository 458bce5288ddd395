using Npgsql;

namespace GridActors.Storage.Database;

/// <summary>
/// Whether the database can store something. A full disk refuses writes while it still answers reads. The disk is tried only after a write
/// failed, and then at every check, so that the process is ready again by itself when there is space.
/// </summary>
public sealed class WriteHealth(NpgsqlDataSource source)
{
    /// <summary>Needs new space for about a megabyte, and gives it back at once.</summary>
    const string Probe = """
        begin;
        create temporary table space_probe on commit drop as select n, repeat(md5(n::text), 8) from generate_series(1, 4000) as n;
        rollback
        """;

    volatile bool _isSuspected;

    /// <summary>A write failed in a way that a full disk may explain.</summary>
    public void Suspect() => _isSuspected = true;

    /// <returns>True when something can be stored, as far as is known.</returns>
    public async Task<bool> Check(CancellationToken cancellationToken)
    {
        if (!_isSuspected)
            return true;
        try
        {
            await using var command = source.CreateCommand(Probe);
            await command.ExecuteNonQueryAsync(cancellationToken);
            _isSuspected = false;
            return true;
        }
        catch (PostgresException e) when (IsFull(e))
        {
            return false;
        }
    }

    /// <summary>
    /// True when the server's disk had no room for the write, which then surely didn't happen. An exception that comes from another process
    /// has lost its code, but its message begins with it.
    /// </summary>
    public static bool IsFull(Exception? failure) =>
        failure switch
        {
            null => false,
            PostgresException e => e.Message.StartsWith(PostgresErrorCodes.DiskFull, StringComparison.Ordinal),
            _ => IsFull(failure.InnerException),
        };
}
