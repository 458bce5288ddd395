using System.Text;

namespace GridActors.Harness.Fuzz;

/// <summary>Damages files as transfers, editors and attackers do.</summary>
public static class FuzzFiles
{
    static readonly string[] Pieces =
    [
        "\"",
        ",",
        "\n",
        "\r",
        "\0",
        "\t",
        "\uFEFF",
        "\"\"",
        "[",
        "{",
        "- ",
        ": ",
        "&a ",
        "*a",
        "!!binary ",
        "---\n",
        "%YAML 9\n",
        "true",
        "null",
        "-1",
        "1e999",
        "4.3E17",
        "\\ud800",
        "\ud83d\ude00",
        "村",
        "\u2028",
    ];

    /// <summary>A copy with up to a few changes.</summary>
    public static byte[] Changed(ReadOnlySpan<byte> file, Random random)
    {
        var bytes = new List<byte>(file.Length + 16);
        bytes.AddRange(file);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
            Change(bytes, random);
        return [.. bytes];
    }

    static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Any(new[] { 1, 2, 8, 200 }), bytes.Count - at);
        switch (random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Any(new[] { 1, 4, 3000 })));
                break;
            case 6 when length > 3:
                // Lengths and offsets of binary formats.
                for (var i = 0; i < 4; i++)
                    bytes[at + i % length] = random.Any(new byte[] { 0, 1, 0x7F, 0x80, 0xFF });
                break;
            default:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.Any(Pieces)));
                break;
        }
    }
}
