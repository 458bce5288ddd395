using System.CommandLine;
using GridActors.Postgres;
using GridActors.Silo.Hosting;
using GridActors.Storage.Database;
using GridActors.Storage.Packs;
using Npgsql;

namespace GridActors.Silo.Verbs;

/// <summary>
/// <c>packs export</c>: writes the files of the packs in force, with what was published in the console. Reading them gives the same packs.
/// </summary>
static class PacksExport
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where to write: a folder for each pack is made in it." };
        var pack = new Option<string?>("--pack") { Description = "The id of one pack. Default: all of them." };
        var version = new Option<int?>("--version") { Description = "The number of an earlier version, as the console lists them." };
        var (data, database) = (Options.Data(), Options.Database());
        var export = new Command("export", "Writes the files of the packs in force.") { folder, pack, version, data, database };
        export.SetAction(
            async (result, cancellationToken) =>
            {
                try
                {
                    await using var where = await DatabaseSource.Open(
                        result.GetValue(database),
                        result.GetValue(data),
                        cancellationToken,
                        besideService: true
                    );
                    await using var source = DatabaseExtensions.Open(where.ConnectionString);
                    return await Run(
                        source,
                        result.GetRequiredValue(folder),
                        result.GetValue(pack),
                        result.GetValue(version),
                        cancellationToken
                    );
                }
                catch (Exception e) when (e is ServerException or IOException or UnauthorizedAccessException)
                {
                    return Terminal.Fail(e.Message);
                }
                catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
                {
                    return Terminal.Fail("This database keeps no packs yet: start the service with a pack first.");
                }
                catch (NpgsqlException e)
                {
                    return Terminal.Fail(StartFailures.Explain(e, new() { ConnectionString = "" }).Message);
                }
            }
        );
        return export;
    }

    public static async Task<int> Run(
        NpgsqlDataSource source,
        string folder,
        string? only,
        int? number,
        CancellationToken cancellationToken
    )
    {
        var versions = new PackVersions(source, new(TimeProvider.System));
        var packs = (await PackStore.Loaded(source, cancellationToken)).Keys.Where(id => only is null || id == only).Order().ToList();
        foreach (var id in packs)
        {
            var version = number is null
                ? await versions.Current(id, cancellationToken)
                : (await versions.Of(id, cancellationToken)).FirstOrDefault(v => v.Number == number);
            if (version is null)
                return Terminal.Fail($"Pack {id} has no version {number}: the console lists those there are.");
            var into = Directory.CreateDirectory(Path.Combine(folder, id)).FullName;
            foreach (var file in await versions.Sources(version.Files, cancellationToken))
                await File.WriteAllBytesAsync(Path.Combine(into, file.Name), file.Content, cancellationToken);
            Console.WriteLine($"{into}: version {version.Number}");
        }
        return packs.Count > 0 ? 0 : Terminal.Fail(only is null ? "No pack is loaded." : $"No pack {only} is loaded.");
    }
}
