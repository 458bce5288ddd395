using System.CommandLine;
using System.Globalization;
using GridActors.Silo.Hosting;
using GridActors.Storage.Database;
using GridActors.Storage.Vault;

namespace GridActors.Silo.Verbs;

/// <summary>
/// <c>vault status</c>, <c>vault rotate</c> and <c>vault new-key</c>: the keys that encrypt personal data. They work beside a service that
/// runs, and need no pause of it.
/// </summary>
static class VaultCommand
{
    public static Command Create() => new("vault", "The keys that encrypt personal data.") { Status(), Rotate(), NewKey() };

    static Command NewKey()
    {
        var file = new Argument<string>("file") { Description = "A file that doesn't exist yet." };
        var create = new Command("new-key", "Makes a master key, in a file that only you can read.") { file };
        create.SetAction(result =>
        {
            var path = Path.GetFullPath(result.GetRequiredValue(file));
            if (File.Exists(path))
                return Terminal.Fail($"{path} exists: name another file.");
            MasterKeyFiles.Create(path);
            Console.WriteLine($"{path} has a new master key, with id {MasterKeyFiles.Read(path, "the new key").Id}.");
            Console.WriteLine("Keep a copy of it apart from the database's back-ups: without it nobody can read the personal data.");
            return 0;
        });
        return create;
    }

    static Command Status()
    {
        var (data, database) = (Options.Data(), Options.Database());
        var status = new Command("status", "Shows the keys of each pack, and which master key wraps them.") { data, database };
        status.SetAction((result, cancellationToken) => Status(result.GetValue(database), result.GetValue(data), cancellationToken));
        return status;
    }

    static Command Rotate()
    {
        var (data, database) = (Options.Data(), Options.Database());
        var to = new Option<string?>("--to") { Description = "The file of the master key that is to wrap the keys from now on." };
        var dataKeys = new Option<bool>("--data-keys")
        {
            Description = "Gives each pack a new data key, wraps the keys of all subjects with it, and destroys the old one.",
        };
        var rotate = new Command("rotate", "Changes the master key, or the data keys, while the service runs.")
        {
            to,
            dataKeys,
            data,
            database,
        };
        rotate.Validators.Add(result =>
        {
            var changesMaster = result.GetValue(to) is not null;
            if (changesMaster == result.GetValue(dataKeys))
                result.AddError("vault rotate takes --to FILE for the master key, or --data-keys");
        });
        rotate.SetAction(
            async (result, cancellationToken) =>
            {
                await using var where = await DatabaseSource.Open(
                    result.GetValue(database),
                    result.GetValue(data),
                    cancellationToken,
                    besideService: true
                );
                await using var source = DatabaseExtensions.Open(where.ConnectionString);
                await Migrations.Apply(source, cancellationToken);
                var settings = Options.Settings();
                var rotation = new VaultRotation(source, MasterKeyFiles.Read(settings, where.MasterKeyFile));
                if (result.GetValue(to) is not { } file)
                    return await ChangeDataKeys(rotation, cancellationToken);
                return ChangeMaster(rotation, Path.GetFullPath(file), MasterKeyFiles.IsNamed(settings) ? null : where.MasterKeyFile);
            }
        );
        return rotate;
    }

    static async Task<int> Status(string? database, string? data, CancellationToken cancellationToken)
    {
        await using var where = await DatabaseSource.Open(database, data, cancellationToken, besideService: true);
        await using var source = DatabaseExtensions.Open(where.ConnectionString);
        await Migrations.Apply(source, cancellationToken);
        var masters = MasterKeyFiles.Read(Options.Settings(), where.MasterKeyFile);
        Console.WriteLine($"master key: {(masters.Current is { } current ? current.Id : "none is named")}");
        foreach (var other in masters.Others)
            Console.WriteLine($"other master key: {other.Id}");
        foreach (var version in await new VaultRotation(source, masters).Status(cancellationToken))
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{version.Pack}: version {version.Version} since {version.Since:yyyy-MM-dd}, wrapped by master key {version.Master}, "
                        + $"{version.Subjects:N0} subjects"
                )
            );
        // Whoever asks whether the key is the right one wants to know it by the exit code too.
        new Vault(source, masters).Refresh();
        return 0;
    }

    /// <param name="own">Where a private database keeps its master key; null when the settings name it.</param>
    static int ChangeMaster(VaultRotation rotation, string file, string? own)
    {
        var next = MasterKeyFiles.Read(file, "--to");
        Console.WriteLine($"{rotation.ChangeMaster(next)} versions of keys were wrapped by master key {next.Id}.");
        Console.WriteLine(
            own is null
                ? $"From now on every start needs it: name {file} in Vault:KeyFile."
                : $"From now on every start needs it: put {file} in the place of {own}."
        );
        Console.WriteLine("Back-ups made before need the old one: destroy it when they are to be unreadable.");
        return 0;
    }

    static async Task<int> ChangeDataKeys(VaultRotation rotation, CancellationToken cancellationToken)
    {
        var done = await rotation.ChangeDataKeys(Show, cancellationToken);
        if (done is null)
            return Terminal.Fail("Another process is changing the data keys: wait until it has finished.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} keys of subjects were wrapped by new data keys."));
        return 0;

        static void Show(long rewrapped)
        {
            if (!Console.IsOutputRedirected)
                Console.Write(string.Create(CultureInfo.InvariantCulture, $"\r{rewrapped:N0} …"));
        }
    }
}
