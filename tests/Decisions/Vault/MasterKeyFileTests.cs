using GridActors.Silo.Hosting;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Configuration;

namespace GridActors.Decisions.Tests.Vault;

public sealed class MasterKeyFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-").FullName;

    string Own => Path.Combine(_folder, "master-key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_private_database_makes_its_master_key_once_and_only_its_owner_reads_it()
    {
        MasterKeyFiles.Prepare(Own, isNeeded: false);
        var first = MasterKeyFiles.Read(Settings(), Own).Current!.Id;

        MasterKeyFiles.Prepare(Own, isNeeded: true);

        Assert.Equal(first, MasterKeyFiles.Read(Settings(), Own).Current!.Id);
        Assert.Equal(["master-key"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Own));
    }

    [Fact]
    public void A_master_key_that_was_lost_is_not_replaced()
    {
        var failure = Assert.Throws<StartException>(() => MasterKeyFiles.Prepare(Own, isNeeded: true));

        Assert.Equal($"The master key {Own} is gone: put your copy of it back. Nothing else opens the personal data.", failure.Message);
        Assert.False(File.Exists(Own));
    }

    [Fact]
    public void A_file_or_the_environment_names_the_master_key_instead()
    {
        MasterKeyFiles.Create(Own);
        var (file, written) = (Path.Combine(_folder, "other"), MasterKey.Generate());
        MasterKeyFiles.Create(file);

        Assert.False(MasterKeyFiles.IsNamed(Settings()));
        Assert.Equal(MasterKeyFiles.Read(file, "").Id, MasterKeyFiles.Read(Settings(("Vault:KeyFile", file)), Own).Current!.Id);
        var given = Settings(("GRIDACTORS_MASTER_KEY", written), ("Vault:OldKeyFiles:0", file));
        Assert.True(MasterKeyFiles.IsNamed(given));
        var masters = MasterKeyFiles.Read(given, Own);
        Assert.Equal(MasterKey.Parse(written)!.Id, masters.Current!.Id);
        Assert.Equal([MasterKeyFiles.Read(file, "").Id], masters.Others.Select(k => k.Id));
        Assert.Null(MasterKeyFiles.Read(Settings(), null).Current);
    }

    [Fact]
    public void What_is_wrong_with_a_named_master_key_is_said()
    {
        var file = Path.Combine(_folder, "empty");
        File.WriteAllText(file, "");

        Assert.Equal($"{file} (Vault:KeyFile) isn't 32 bytes in Base64.", Refusal(("Vault:KeyFile", file)));
        Assert.StartsWith($"{Own} (Vault:KeyFile) can't be read: ", Refusal(("Vault:KeyFile", Own)), StringComparison.Ordinal);
        Assert.Equal($"{file} (Vault:OldKeyFiles) isn't 32 bytes in Base64.", Refusal(("Vault:OldKeyFiles:0", file)));
        Assert.Equal(
            "The master key is named twice: leave Vault:KeyFile or GRIDACTORS_MASTER_KEY out.",
            Refusal(("Vault:KeyFile", file), ("GRIDACTORS_MASTER_KEY", MasterKey.Generate()))
        );

        static string Refusal(params (string, string)[] settings) =>
            Assert.Throws<StartException>(() => MasterKeyFiles.Read(Settings(settings), null)).Message;
    }

    static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value))).Build();
}
