using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using GridActors.Postgres;
using Npgsql;

namespace GridActors.Service.Tests.Vault;

/// <summary>
/// Looks for texts in everything that a private database leaves behind: its files with tables and write-ahead log, a dump, and a copy that
/// a
/// back-up would make. A text is found as UTF-8, as UTF-16, in Base64 or hexadecimal digits, or with the escapes of JSON.
/// </summary>
static class ClearText
{
    /// <summary>
    /// What a data folder needs in <c>postgres.local.conf</c> before its first start, so that what is in the log is there byte by byte.
    /// </summary>
    public const string Settings = "wal_compression = off\n";

    /// <summary>A shorter sequence of bytes may be there by chance.</summary>
    const int ShortestPattern = 6;
    const int BlockLength = 1 << 20;

    /// <summary>Looks in all files of the private database of a data folder, which runs, and in its back-ups.</summary>
    /// <param name="work">An empty folder for the back-ups.</param>
    /// <returns>What was found, and where, e.g. <c>dump.sql: 张三丰 (UTF-8)</c>.</returns>
    public static async Task<IReadOnlyList<string>> InPrivateDatabase(
        string dataFolder,
        string work,
        IReadOnlyCollection<string> texts,
        CancellationToken cancellationToken
    )
    {
        var database = new PrivateDatabase(dataFolder);
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var checkpoint = source.CreateCommand("checkpoint"))
            await checkpoint.ExecuteNonQueryAsync(cancellationToken);
        var programs = (await ServerBinaries.Find(null, new ServerCluster(dataFolder), cancellationToken)).Folder;
        await Run(
            database,
            [Path.Combine(programs, "pg_dump"), "--file", Path.Combine(work, "dump.sql"), "--dbname", PrivateDatabase.User]
        );
        string[] copy = ["--pgdata", Path.Combine(work, "copy"), "--wal-method", "stream", "--checkpoint", "fast"];
        await Run(database, [Path.Combine(programs, "pg_basebackup"), .. copy]);
        return [.. In(Path.Combine(dataFolder, "postgres"), texts), .. In(work, texts)];
    }

    /// <summary>Looks in all files of a folder.</summary>
    public static IReadOnlyList<string> In(string folder, IReadOnlyCollection<string> texts)
    {
        var patterns = texts.SelectMany(PatternsOf).ToLookup(p => p.Pattern, p => p.Name);
        var search = SearchValues.Create([.. patterns.Select(p => p.Key)], StringComparison.Ordinal);
        var longest = patterns.Max(p => p.Key.Length);
        return
        [
            .. from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            from name in Found(file).Distinct()
            select $"{Path.GetRelativePath(folder, file)}: {name}",
        ];

        IEnumerable<string> Found(string file)
        {
            foreach (var block in Blocks(file, longest))
                for (int at = 0, next; (next = block.AsSpan(at).IndexOfAny(search)) >= 0; at += next + 1)
                    foreach (var pattern in patterns.Where(p => block.AsSpan(at + next).StartsWith(p.Key, StringComparison.Ordinal)))
                    foreach (var name in pattern)
                        yield return name;
        }
    }

    /// <summary>
    /// The bytes of a file, each as a character. What lies across the border of two blocks is in the second one as a whole.
    /// </summary>
    static IEnumerable<string> Blocks(string file, int overlap)
    {
        using var stream = Open(file);
        if (stream is null)
            yield break;
        var buffer = new byte[BlockLength];
        for (var kept = 0; ; )
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            if (read == 0)
                yield break;
            yield return Encoding.Latin1.GetString(buffer, 0, kept + read);
            var length = kept + read;
            kept = Math.Min(overlap, length);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }
    }

    /// <returns>Null for a file that the server has removed meanwhile.</returns>
    static FileStream? Open(string file)
    {
        try
        {
            return new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>All ways in which a text may be written, each as a string with a character for each byte.</summary>
    static IEnumerable<(string Pattern, string Name)> PatternsOf(string text)
    {
        var (utf8, utf16) = (Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text));
        var escaped = string.Concat(text.Select(c => c < 128 ? $"{c}" : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));
        (string Pattern, string Way)[] ways =
        [
            (Encoding.Latin1.GetString(utf8), "UTF-8"),
            (Encoding.Latin1.GetString(utf16), "UTF-16"),
            (Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(text)), "UTF-16"),
            (Convert.ToHexStringLower(utf8), "hexadecimal"),
            (Convert.ToHexString(utf8), "hexadecimal"),
            (escaped, "JSON"),
            (escaped.ToUpperInvariant().Replace("\\U", "\\u", StringComparison.Ordinal), "JSON"),
            .. Enumerable.Range(0, 3).Select(i => (Base64(utf8, i), "Base64")),
            .. Enumerable.Range(0, 3).Select(i => (Base64(utf16, i), "Base64 of UTF-16")),
        ];
        return ways.Where(w => w.Pattern.Length >= ShortestPattern).Select(w => (w.Pattern, $"{text} ({w.Way})"));
    }

    /// <summary>
    /// The digits of Base64 that the bytes have whatever stands before and after them, when as many bytes stand before them.
    /// </summary>
    static string Base64(byte[] bytes, int before)
    {
        var digits = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var first = before == 0 ? 0 : before + 1;
        return digits[first..((before + bytes.Length) * 8 / 6)];
    }

    static async Task Run(PrivateDatabase database, IReadOnlyList<string> command)
    {
        string[] connection = ["--host", database.SocketFolder, "--username", PrivateDatabase.User];
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. connection]) { RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = database.Password;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]}: {errors}");
    }
}
