using GridActors.Domain.Packs;
using Npgsql;

namespace GridActors.Silo.Hosting;

/// <summary>Is the process alive; can it serve.</summary>
static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().WithTags("Operations");
        health.MapGet("/live", () => Results.Text("alive")).WithName("getLiveness").WithSummary("Tell whether the process answers")
            .Produces<string>(contentType: "text/plain");
        health.MapGet("/ready", async (NpgsqlDataSource source, IPacks packs, CancellationToken cancellationToken) =>
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
        })
            .WithName("getReadiness").WithSummary("Tell whether the process can serve")
            .Produces<string>(contentType: "text/plain").Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain");
    }
}
