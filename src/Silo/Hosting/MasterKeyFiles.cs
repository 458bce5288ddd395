using GridActors.Storage.Vault;

namespace GridActors.Silo.Hosting;

/// <summary>Settings, section <c>Vault</c>: the same for all processes that share a database.</summary>
sealed class VaultOptions
{
    public string KeyFile { get; set; } = "";
    public string[] OldKeyFiles { get; set; } = [];
}

/// <summary>Where master keys are: a file with one in Base64, or an environment variable.</summary>
static class MasterKeyFiles
{
    const string Variable = "GRIDACTORS_MASTER_KEY";

    /// <summary>Whether the settings name a master key.</summary>
    public static bool IsNamed(IConfiguration configuration) =>
        Options(configuration).KeyFile != "" || !string.IsNullOrEmpty(configuration[Variable]);

    /// <param name="ownFile">The file of a private database, which is read when the settings name none.</param>
    /// <exception cref="StartException">A file that is named isn't there, or isn't a master key.</exception>
    public static MasterKeys Read(IConfiguration configuration, string? ownFile)
    {
        var options = Options(configuration);
        var others = options.OldKeyFiles.Select(f => Read(f, "Vault:OldKeyFiles")).ToList();
        var given = configuration[Variable];
        if (options.KeyFile != "" && !string.IsNullOrEmpty(given))
            throw new StartException($"The master key is named twice: leave Vault:KeyFile or {Variable} out.");
        if (options.KeyFile != "")
            return new(Read(options.KeyFile, "Vault:KeyFile"), others);
        if (!string.IsNullOrEmpty(given))
            return new(MasterKey.Parse(given) ?? throw new StartException($"{Variable} isn't 32 bytes in Base64."), others);
        return new(File.Exists(ownFile) ? Read(ownFile, "the master key") : null, others);
    }

    /// <exception cref="StartException">It can't be read, or isn't a master key.</exception>
    public static MasterKey Read(string file, string name)
    {
        try
        {
            return MasterKey.Parse(File.ReadAllText(file)) ?? throw new StartException($"{file} ({name}) isn't 32 bytes in Base64.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{file} ({name}) can't be read: {e.Message}", e);
        }
    }

    /// <summary>Makes the master key of a private database at its first start.</summary>
    /// <param name="isNeeded">There is something that only the master key from before can open.</param>
    /// <exception cref="StartException">The one from before is lost.</exception>
    public static void Prepare(string file, bool isNeeded)
    {
        if (File.Exists(file))
            return;
        if (isNeeded)
            throw new StartException($"The master key {file} is gone: put your copy of it back. Nothing else opens the personal data.");
        Create(file);
    }

    /// <summary>Writes a new master key into a new file that only its owner can read.</summary>
    /// <exception cref="IOException">The file exists, or can't be written.</exception>
    public static void Create(string file)
    {
        // It gets its name when it is complete, so that a start which is cut short leaves no file that isn't a key.
        var draft = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var stream = new FileStream(draft, options))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(MasterKey.Generate() + "\n"));
                stream.Flush(flushToDisk: true);
            }
            File.Move(draft, file);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    static VaultOptions Options(IConfiguration configuration)
    {
        var options = new VaultOptions();
        configuration.GetSection("Vault").Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        return options;
    }
}
