using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace GridActors.Simulator.Replay;

/// <summary>
/// Reads a text file, compressed or not, line by line. It refuses what isn't UTF-8 text at its line, and a line that is too long for a
/// table, so that no file fills the memory.
/// </summary>
sealed class TextFile(Stream stream, string path) : TextReader
{
    const int MaxLineBytes = 1 << 20;

    byte[] _bytes = new byte[64 * 1024];
    char[] _line = [];
    int _start;
    int _end;
    int _next;
    int _length;
    int _number;

    public static TextFile Open(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UnusableFileException(
                path,
                0,
                e is FileNotFoundException or DirectoryNotFoundException or ArgumentException ? "there is no such file"
                    : Directory.Exists(path) ? "this is a folder, not a file"
                    : "the file can't be read: is it yours to read?"
            );
        }
        try
        {
            return new TextFile(Decompressed(file, path), path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override int Read(char[] buffer, int index, int count)
    {
        if (_next == _length && !NextLine())
            return 0;
        var taken = Math.Min(count, _length - _next);
        _line.AsSpan(_next, taken).CopyTo(buffer.AsSpan(index));
        _next += taken;
        return taken;
    }

    public override int Read() => Peek() is var c and >= 0 && ++_next > 0 ? c : -1;

    public override int Peek() => _next < _length || NextLine() ? _line[_next] : -1;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The first bytes say whether a file is compressed; its name may be another.</summary>
    static Stream Decompressed(FileStream file, string path)
    {
        Span<byte> head = stackalloc byte[4];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (!file.CanSeek)
            throw new UnusableFileException(path, 0, "this is no ordinary file");
        file.Position = 0;
        head = head[..read];
        if (head is [0x1F, 0x8B, ..])
            return new GZipStream(file, CompressionMode.Decompress);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new UnusableFileException(path, 0, "this is no gzip file, though its name says so");
        if (head.StartsWith("PK\u0003\u0004"u8))
            throw new UnusableFileException(path, 0, "this is a spreadsheet or another archive; save the table as CSV UTF-8");
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new UnusableFileException(path, 1, "the text is UTF-16; save the file as UTF-8");
        return file;
    }

    bool NextLine()
    {
        var (searched, length) = (0, -1);
        while (length < 0)
        {
            var found = _bytes.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
                length = searched + found + 1;
            else
            {
                searched = _end - _start;
                if (searched >= MaxLineBytes)
                    throw Wrong("the line is longer than a megabyte: this is no table");
                if (!Fill())
                    length = searched;
            }
        }
        if (length == 0)
            return false;
        var line = _bytes.AsSpan(_start, length);
        _start += length;
        if (_number == 0 && line.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (line.Contains((byte)0))
            throw Wrong("the line has a NUL byte: this is no text");
        if (!Utf8.IsValid(line))
            throw Wrong("the text is not UTF-8; save the file as UTF-8");
        _number++;
        if (_line.Length < line.Length)
            _line = new char[line.Length];
        (_next, _length) = (0, Encoding.UTF8.GetChars(line, _line));
        return _length > 0 || NextLine();
    }

    /// <returns>False at the end of the file.</returns>
    bool Fill()
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        try
        {
            var read = stream.Read(_bytes, _end, _bytes.Length - _end);
            _end += read;
            return read > 0;
        }
        catch (InvalidDataException)
        {
            throw Wrong("the gzip file is damaged or was cut off near here; copy it again");
        }
        catch (IOException e)
        {
            throw Wrong($"the file can't be read on: {e.Message}");
        }
    }

    UnusableFileException Wrong(string why) => new(path, _number + 1, why);
}
