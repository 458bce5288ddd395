using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GridActors.Storage.Photos;

/// <summary>Keeps of a WebP file its one picture with its transparency. An animation has no such picture, and can't be decoded.</summary>
static class WebPFile
{
    public const int HeaderLength = 12;

    const int ChunkHeaderLength = 8;
    const int ExtendedLength = 10;
    const byte Alpha = 0b0001_0000;

    public static PhotoFile Parse(ReadOnlyMemory<byte> file)
    {
        var declared = BinaryPrimitives.ReadUInt32LittleEndian(file.Span[4..]) + 8L;
        file = file[..(int)Math.Min(Math.Max(declared, HeaderLength), file.Length)];
        var bytes = file.Span;
        var output = new ArrayBufferWriter<byte>(bytes.Length);
        output.Write(bytes[..HeaderLength]);
        var exif = ReadOnlyMemory<byte>.Empty;
        var (hasExtended, hasAlpha, hasPixels, isLossless) = (false, false, false, false);
        var at = HeaderLength;
        while (at + ChunkHeaderLength <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > (uint)(bytes.Length - at - ChunkHeaderLength))
                break;
            var type = bytes.Slice(at, 4);
            var content = bytes.Slice(at + ChunkHeaderLength, (int)length);
            if (type.SequenceEqual("VP8X"u8) && length >= ExtendedLength && !hasExtended && !hasPixels)
            {
                // Of the features only transparency stays. Three reserved bytes follow, then the size.
                WriteChunk(output, type, [(byte)(content[0] & Alpha), 0, 0, 0, .. content[4..ExtendedLength]]);
                hasExtended = true;
            }
            else if (type.SequenceEqual("ALPH"u8) && !hasAlpha && !hasPixels)
            {
                WriteChunk(output, type, content);
                hasAlpha = true;
            }
            else if ((type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8)) && !hasPixels)
            {
                WriteChunk(output, type, content);
                (hasPixels, isLossless) = (true, type[3] == (byte)'L');
            }
            else if (type.SequenceEqual("EXIF"u8) && length <= PhotoFile.MaxExif)
            {
                // Some programs write the block with the prefix that it has in a JPEG file.
                var prefix = content.StartsWith(ExifBlock.Prefix) ? ExifBlock.Prefix.Length : 0;
                exif = file.Slice(at + ChunkHeaderLength + prefix, (int)length - prefix);
            }
            at += ChunkHeaderLength + (int)length + (int)(length & 1);
        }
        return new("image/webp")
        {
            Picture = WithLength(output),
            Exif = exif,
            BytesPerPixel = isLossless ? 4 : 1, // A lossy picture is decoded line by line, its transparency isn't.
        };
    }

    static void WriteChunk(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        output.Write(type);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), content.Length);
        output.Advance(4);
        output.Write(content);
        if (content.Length % 2 == 1)
            output.Write<byte>([0]);
    }

    static ReadOnlyMemory<byte> WithLength(ArrayBufferWriter<byte> output)
    {
        var picture = output.WrittenMemory;
        BinaryPrimitives.WriteInt32LittleEndian(MemoryMarshal.AsMemory(picture).Span[4..], picture.Length - 8);
        return picture;
    }
}
