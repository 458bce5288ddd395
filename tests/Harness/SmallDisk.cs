using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace GridActors.Harness;

/// <summary>A disk of its own for one folder, in memory, which can be filled to the last byte. Only root may mount it.</summary>
public sealed class SmallDisk : IDisposable
{
    const int Megabytes = 1024;

    readonly string _folder;

    SmallDisk(string folder) => _folder = folder;

    string Filler => Path.Combine(_folder, "filler");

    /// <returns>Null where it can't be mounted.</returns>
    public static SmallDisk? TryMount(string folder)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m,mode=755");
        return Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder) ? new(folder) : null;
    }

    /// <summary>Leaves no space, until <see cref="MakeRoom"/>.</summary>
    public void Fill()
    {
        var block = new byte[1 << 20];
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        // At the end the rest that is smaller than a block.
        for (var length = block.Length; length > 0; )
        {
            try
            {
                file.Write(block, 0, length);
            }
            catch (IOException)
            {
                length /= 2;
            }
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose() => Run("umount", "--lazy", _folder);

    static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
