using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GridActors.Postgres;

/// <summary>Writes files and folders with the modes they need.</summary>
[SuppressMessage("Interoperability", "CA1416", Justification = "The private server refuses to start on Windows.")]
static class ServerFiles
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode ForAllToRead = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static void MakePrivateFolder(string folder) => Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

    public static void SetMode(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode);

    /// <summary>
    /// Lets every account pass through the folder, which doesn't let them read it. Secret files in it have their own modes.
    /// </summary>
    public static void LetOthersPass(string folder)
    {
        var mode = File.GetUnixFileMode(folder);
        if (!mode.HasFlag(UnixFileMode.OtherExecute))
            File.SetUnixFileMode(folder, mode | UnixFileMode.OtherExecute);
    }

    /// <summary>True when every account may pass through all folders above the path.</summary>
    public static bool OthersMayReach(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(folder) && !File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
                return false;
        return true;
    }

    /// <summary>Writes the whole file or nothing, even if the power fails.</summary>
    public static void Write(string path, string text, UnixFileMode mode)
    {
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        using (
            var file = new FileStream(
                unfinished,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = mode,
                }
            )
        )
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        // Sets the mode again, because the umask may have removed bits that another account needs.
        File.SetUnixFileMode(unfinished, mode);
        File.Move(unfinished, path, overwrite: true);
    }
}
