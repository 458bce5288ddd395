using GridActors.Domain.Packs;
using Npgsql;

namespace GridActors.Silo.Hosting;

/// <summary>Is the process alive; can it serve.</summary>
static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous();
        app.MapGet("/health/ready", async (NpgsqlDataSource source, IPacks packs, CancellationToken cancellationToken) =>
        {
            if (!packs.Current.Packs.Any()) return Results.Text("no pack is loaded", statusCode: StatusCodes.Status503ServiceUnavailable);
            try
            {
                await using var command = source.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return Results.Text("ready");
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                return Results.Text("the database is away", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).AllowAnonymous();
    }
}
