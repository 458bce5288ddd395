using GridActors.Storage.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GridActors.Storage.Time;

/// <summary>
/// Keeps the time of a demonstration with its data (<c>service_time</c>), so that it goes on where it was when the service is started
/// again: a case has no step that lies in the future.
/// </summary>
public sealed partial class ServiceTimeStore(NpgsqlDataSource source, ServiceTime time, ILogger<ServiceTimeStore> logger)
    : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Sets the time of this data: as it is asked for, or where it was.</summary>
    /// <param name="from">When it is to begin; null when that isn't asked for.</param>
    /// <param name="pace">How fast it is to pass; null when that isn't asked for.</param>
    /// <returns>Why it can't, in one sentence; null when it is set, or is the machine's.</returns>
    public async Task<string?> Set(DateTimeOffset? from, double? pace, bool isDemo, CancellationToken cancellationToken)
    {
        var kept = await Read(cancellationToken);
        if (kept is not null && !isDemo)
            return "The time of this data was set with --now for a demonstration, so it can't be served without one: "
                + "add --demo true, or name another folder with --data.";
        if (kept is not null && from is not null)
            return "The time of this data was set already and goes on where it was: leave --now out, or name another folder with --data.";
        if (kept is null && from is null)
            return pace is null ? null : "--pace needs a time to begin with: add --now.";
        if (kept is null && !isDemo)
            return "Time can be set for a demonstration only: add --demo true, or leave --now out.";
        if (kept is null && await HasCases(cancellationToken))
            return "--now is for new data, and there are cases already: name another folder with --data.";
        var begins = kept?.Reached ?? from!.Value;
        time.Set(begins, pace ?? kept?.Pace ?? 1);
        await using var command = source.CreateCommand(
            """
            insert into service_time (began_at, reached_at, pace) values ($1, $1, $2)
            on conflict (id) do update set pace = excluded.pace
            """
        );
        command.Bind(Parameters.Of(begins), Parameters.Of(time.Pace));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (time.IsSet)
            await BackgroundLoop.Every(Interval, Keep, LogNotKept, time, stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!time.IsSet)
            return;
        try
        {
            await Keep(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            LogNotKept(e);
        }
    }

    async Task Keep(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("update service_time set reached_at = $1");
        command.Bind(Parameters.Of(time.GetUtcNow()));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A process that was killed may have taken a step after it last kept the time.</summary>
    async Task<(DateTimeOffset Reached, double Pace)?> Read(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select greatest(reached_at, (select max(at) from (select at from journal order by position desc limit 1000) as last)), pace
            from service_time
            """
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetFieldValue<DateTimeOffset>(0), reader.GetDouble(1)) : null;
    }

    async Task<bool> HasCases(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select exists (select from journal)");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
