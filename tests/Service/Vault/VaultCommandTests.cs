using System.Diagnostics;
using GridActors.Silo.Hosting;
using KeyVault = GridActors.Storage.Vault.Vault;

namespace GridActors.Service.Tests.Vault;

/// <summary>The verbs of <c>vault</c> in processes of their own, beside a service that runs.</summary>
public sealed class VaultCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_master_key_of_a_private_database_is_changed_while_the_service_runs()
    {
        var (own, next) = (Path.Combine(_folder, "master-key"), Path.Combine(_folder, "next"));
        await using var service = await ServiceProcess.Start(new() { DataFolder = _folder });
        Assert.Contains($"  keys      {own} opens the personal data", service.Output, StringComparison.Ordinal);
        var vault = new KeyVault(service.Data, new(MasterKeyFiles.Read(own, ""), []));
        var key = vault.NewKey("qinghe", Guid.NewGuid());
        var value = vault.Seal(key, "resident", [1, 2, 3]);

        var (made, _) = await Vault("new-key", next);
        var (rotated, said) = await Vault("rotate", "--to", next, "--data", _folder);
        var (wrong, why) = await Vault("status", "--data", _folder);
        File.Copy(next, own, overwrite: true);
        var (right, status) = await Vault("status", "--data", _folder);

        var id = MasterKeyFiles.Read(next, "").Id;
        Assert.Equal((0, 0, 1, 0), (made, rotated, wrong, right));
        Assert.Contains($"put {next} in the place of {own}", said, StringComparison.Ordinal);
        Assert.Contains($"The master key is the wrong one: the database needs the one with id {id}", why, StringComparison.Ordinal);
        Assert.Contains($"wrapped by master key {id}, 0 subjects", status, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], new KeyVault(service.Data, new(MasterKeyFiles.Read(own, ""), [])).Open(key, "resident", value));
    }

    static async Task<(int Code, string Said)> Vault(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "GridActors.Silo.dll"), "vault", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__grid");
        start.Environment.Remove("GRIDACTORS_MASTER_KEY");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WithinDeadline();
        return (process.ExitCode, (await output + await errors).Trim());
    }
}
