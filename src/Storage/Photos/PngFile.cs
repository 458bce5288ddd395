using System.Buffers;
using System.Buffers.Binary;

namespace GridActors.Storage.Photos;

/// <summary>Keeps of a PNG file its header, palette and pixels, and how they are shown. Of an animation one frame stays.</summary>
static class PngFile
{
    /// <summary>Length, type and checksum of a chunk.</summary>
    const int Overhead = 12;

    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The chunks that are kept, once each, with the largest length that they can have. The pixels are kept as they are.</summary>
    static readonly (uint Type, int MaxLength)[] Kept =
    [
        (Type("IHDR"u8), 13),
        (Type("PLTE"u8), 768),
        (Type("tRNS"u8), 256),
        (Type("cHRM"u8), 32),
        (Type("gAMA"u8), 4),
        (Type("sRGB"u8), 1),
        (Type("cICP"u8), 4),
        (Type("pHYs"u8), 9),
    ];

    static readonly uint Pixels = Type("IDAT"u8);
    static readonly uint End = Type("IEND"u8);
    static readonly uint Exif = Type("eXIf"u8);

    public static PhotoFile Parse(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        var output = new ArrayBufferWriter<byte>(bytes.Length);
        output.Write(Signature);
        var exif = ReadOnlyMemory<byte>.Empty;
        Span<bool> seen = stackalloc bool[Kept.Length];
        var at = Signature.Length;
        while (at + Overhead <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > (uint)(bytes.Length - at - Overhead))
                break;
            var type = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
            var chunk = bytes.Slice(at, (int)length + Overhead);
            var kept = Array.FindIndex(Kept, k => k.Type == type);
            if (type == Pixels || (kept >= 0 && length <= Kept[kept].MaxLength && !seen[kept]))
                output.Write(chunk);
            if (kept >= 0)
                seen[kept] = true;
            if (type == Exif && length <= PhotoFile.MaxExif)
                exif = file.Slice(at + 8, (int)length);
            if (type == End)
            {
                output.Write(EmptyEnd);
                break;
            }
            at += chunk.Length;
        }
        return new("image/png")
        {
            Picture = output.WrittenMemory,
            Exif = exif,
            // A decoder keeps an interlaced picture twice: as it is in the file, with at most 16 bits a channel, and as it is shown.
            BytesPerPixel = IsInterlaced(bytes) ? 12 : 4,
        };
    }

    /// <summary>The header is the first chunk, and this its last byte.</summary>
    static bool IsInterlaced(ReadOnlySpan<byte> bytes) => bytes.Length > 28 && bytes[28] != 0;

    /// <summary>The last chunk, which has no content.</summary>
    static ReadOnlySpan<byte> EmptyEnd => [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82];

    static uint Type(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt32BigEndian(name);
}
