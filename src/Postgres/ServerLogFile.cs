using System.Text;

namespace GridActors.Postgres;

/// <summary>
/// The server's log. The server keeps the file open and can't rotate it, so the host copies the file and empties it in place. There is the
/// file and one older copy.
/// </summary>
sealed class ServerLogFile(string path)
{
    public const long Largest = 16 << 20;
    const int Tail = 16 << 10;

    long _mark;

    public async Task Prepare(ServerAccount account, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            await File.Create(path).DisposeAsync();
        ServerFiles.SetMode(path, ServerFiles.OwnerOnly);
        await account.HandOver(path, cancellationToken);
    }

    public void Bound(long largest = Largest)
    {
        if (Length <= largest)
            return;
        File.Delete(path + ".1");
        File.Copy(path, path + ".1");
        using var emptied = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite);
        _mark = 0;
    }

    /// <summary>Remembers the length, so that only output of the current start is read later.</summary>
    public void Mark() => _mark = Length;

    public string SinceMark()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(Math.Min(_mark, file.Length), file.Length - Tail);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    long Length => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
