using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace GridActors.Postgres;

/// <summary>Files and folders with the modes they need.</summary>
[SuppressMessage("Interoperability", "CA1416", Justification = "The private server refuses to start on Windows.")]
static class ServerFiles
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode ForAllToRead = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static void MakePrivateFolder(string folder) => Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

    public static void SetMode(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode);

    /// <summary>Passing through is not reading: what is secret in the folder has a mode of its own.</summary>
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

    /// <summary>Writes the file whole or not at all, also when the power goes.</summary>
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
        // The umask may have taken away what another account needs.
        File.SetUnixFileMode(unfinished, mode);
        File.Move(unfinished, path, overwrite: true);
    }
}
