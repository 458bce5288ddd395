namespace GridActors.Harness.Fuzz;

/// <summary>Gives a reader damaged copies of a folder's files. Whatever is in them, it may only refuse them.</summary>
/// <param name="folder">A folder that the reader accepts.</param>
public sealed class FileFuzz(string folder)
{
    /// <param name="read">Reads the folder and says what came of it. An exception is a fault.</param>
    public FuzzReport Run(int seed, int copies, Func<string, string> read, CancellationToken cancellationToken = default)
    {
        var report = new FuzzReport();
        var originals = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        var parent = Directory.CreateTempSubdirectory("gridactors-fuzz-");
        // The name of a pack's folder is the pack's id.
        var copy = Path.Combine(parent.FullName, Path.GetFileName(folder));
        Directory.CreateDirectory(copy);
        try
        {
            foreach (var (name, bytes) in originals)
                File.WriteAllBytes(Path.Combine(copy, name), bytes);
            for (var number = 0; number < copies && !cancellationToken.IsCancellationRequested; number++)
            {
                var random = new Random(unchecked(seed * 1_000_003 + number));
                var name = random.Any([.. originals.Keys]);
                var path = Path.Combine(copy, name);
                var changed = FuzzFiles.Changed(originals[name], random);
                File.WriteAllBytes(path, changed);
                Judge(name, changed, () => read(copy), number, report);
                File.WriteAllBytes(path, originals[name]);
            }
        }
        finally
        {
            parent.Delete(recursive: true);
        }
        return report;
    }

    static void Judge(string name, byte[] changed, Func<string> read, int number, FuzzReport report)
    {
        try
        {
            report.Call(read());
        }
        catch (Exception e)
        {
            report.Call("exceptions");
            report.Add(
                new(name, $"{e.GetType().Name}: {e.Message}", $"number {number}\n{e.StackTrace}\n{Convert.ToBase64String(changed)}")
            );
        }
    }
}
