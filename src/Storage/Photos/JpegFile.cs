using System.Buffers;
using System.Buffers.Binary;

namespace GridActors.Storage.Photos;

/// <summary>Keeps of a JPEG file its tables, frame and scans, its resolution and colour transform, and which way is up.</summary>
static class JpegFile
{
    const byte StartOfImage = 0xD8;
    const byte EndOfImage = 0xD9;
    const byte StartOfScan = 0xDA;
    const byte App0 = 0xE0;
    const byte App1 = 0xE1;
    const byte App14 = 0xEE;
    const int NotFound = -1;

    /// <summary>A picture of several passes is kept as coefficients until the last of them.</summary>
    const int CoefficientLength = 2;

    /// <summary>For a resolution that is written in full.</summary>
    const int Room = 64;

    public static PhotoFile Parse(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        var output = new ArrayBufferWriter<byte>(bytes.Length + Room);
        output.Write(bytes[..2]);
        var (exif, components, passes, isWhole) = (ReadOnlyMemory<byte>.Empty, 0, 0, false);
        var (hasResolution, hasTransform, isTruncated) = (false, false, true);
        var at = 2;
        // Like other decoders, go on at the next marker when a segment's length isn't quite right.
        while ((at = NextMarker(bytes, at)) != NotFound)
        {
            var marker = bytes[at + 1];
            // What follows the end (a phone's second picture, a trailer) is left out. A picture inside the picture is an error.
            if (marker is EndOfImage or StartOfImage)
            {
                isTruncated = marker != EndOfImage;
                output.Write(isTruncated ? [] : bytes.Slice(at, 2));
                break;
            }
            if (HasNoLength(marker))
            {
                at += 2;
                continue;
            }
            if (SegmentLength(bytes, at) is not { } length)
                break;
            var content = bytes.Slice(at + 4, length - 4);
            if (IsFrame(marker) && content.Length > 5)
                (components, isWhole) = (content[5], isWhole || IsProgressive(marker));
            if (IsFrame(marker) || IsTable(marker))
                output.Write(bytes.Slice(at, length));
            else if (marker == App0 && !hasResolution && content.Length >= 12 && content.StartsWith("JFIF\0"u8))
            {
                WriteSegment(output, App0, [.. content[..12], 0, 0]); // Without the thumbnail that may follow.
                hasResolution = true;
            }
            else if (marker == App14 && !hasTransform && content.Length >= 12 && content.StartsWith("Adobe"u8))
            {
                WriteSegment(output, App14, content[..12]);
                hasTransform = true;
            }
            else if (marker == App1 && exif.IsEmpty && content.StartsWith(ExifBlock.Prefix))
            {
                exif = file.Slice(at + 4 + ExifBlock.Prefix.Length, content.Length - ExifBlock.Prefix.Length);
                if (new ExifBlock(exif.Span).Orientation is { } orientation and > 1)
                    WriteSegment(output, App1, ExifBlock.OfOrientation(orientation));
            }
            at += length;
            if (marker == StartOfScan)
            {
                passes++;
                isWhole |= passes > 1 || (content.Length > 0 && content[0] < components);
                output.Write(bytes.Slice(at - length, length));
                var scan = ScanLength(bytes[at..]);
                output.Write(bytes.Slice(at, scan));
                at += scan;
            }
            else if (IsSkipped(marker) && SwallowsNextMarker(bytes, at))
            {
                at--;
            }
        }
        return new("image/jpeg")
        {
            Picture = output.WrittenMemory,
            Exif = exif,
            BytesPerPixel = isWhole ? components * CoefficientLength : 0,
            IsTruncated = isTruncated,
            Passes = passes,
        };
    }

    static int NextMarker(ReadOnlySpan<byte> bytes, int from)
    {
        for (var at = from; at + 1 < bytes.Length; at++)
        {
            var skipped = bytes[at..].IndexOf((byte)0xFF);
            if (skipped < 0)
                return NotFound;
            at += skipped;
            if (at + 1 < bytes.Length && bytes[at + 1] is not (0x00 or 0xFF))
                return at;
        }
        return NotFound;
    }

    /// <returns>The length of a segment with its marker; null when it doesn't fit into the file.</returns>
    static int? SegmentLength(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 4 > bytes.Length)
            return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) + 2;
        return length >= 4 && at + length <= bytes.Length ? length : null;
    }

    /// <summary>A length that is too large by one ends behind the first byte of the next marker.</summary>
    static bool SwallowsNextMarker(ReadOnlySpan<byte> bytes, int at) =>
        at < bytes.Length && bytes[at - 1] == 0xFF && bytes[at] != 0xFF && bytes[at] >= 0xC0 && !HasNoLength(bytes[at]);

    /// <returns>Where the coded picture ends: at the next marker that is neither a stuffed byte nor a restart.</returns>
    static int ScanLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while ((at = NextMarker(bytes, at)) != NotFound && bytes[at + 1] is >= 0xD0 and <= 0xD7)
            at += 2;
        return at == NotFound ? bytes.Length : at;
    }

    static bool HasNoLength(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD7);

    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    static bool IsProgressive(byte marker) => (marker & 0b11) == 2;

    /// <summary>Huffman and arithmetic tables, quantization, number of lines, restart interval.</summary>
    static bool IsTable(byte marker) => marker is 0xC4 or 0xCC or 0xDB or 0xDC or 0xDD;

    /// <summary>Application data and comments.</summary>
    static bool IsSkipped(byte marker) => marker is (>= 0xE0 and <= 0xEF) or 0xFE;

    static void WriteSegment(ArrayBufferWriter<byte> output, byte marker, ReadOnlySpan<byte> content)
    {
        var length = content.Length + 2;
        output.Write<byte>([0xFF, marker, (byte)(length >> 8), (byte)length]);
        output.Write(content);
    }
}
