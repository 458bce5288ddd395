using System.Buffers.Binary;

namespace GridActors.Storage.Photos;

/// <summary>Parses JPEG, PNG and WebP files as far as needed to tell them apart and to remove metadata.</summary>
public static class PhotoFile
{
    static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>The media type that the first bytes show, or null.</returns>
    public static string? ContentType(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith(PngSignature) ? "image/png"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;

    /// <summary>
    /// The same picture without EXIF, XMP, IPTC, comments and text. A JPEG keeps its colour profile, and a new EXIF block that says which
    /// way is up. A file that can't be parsed to its end is cut where the parser failed, so that no unchecked bytes are published.
    /// </summary>
    public static byte[] Strip(byte[] bytes) =>
        ContentType(bytes) switch
        {
            "image/jpeg" => StripJpeg(bytes),
            "image/png" => StripPng(bytes),
            "image/webp" => StripWebP(bytes),
            _ => [],
        };

    static byte[] StripJpeg(ReadOnlySpan<byte> bytes)
    {
        using var output = new MemoryStream(bytes.Length);
        output.Write(bytes[..2]);
        var at = 2;
        while (at + 2 <= bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            } // Fill bytes.
            if (marker == 0xD9)
            {
                // Bytes after the end of the image (a phone's second picture, a trailer) are left out.
                output.Write(bytes.Slice(at, 2));
                break;
            }
            if (at + 4 > bytes.Length)
                break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]) + 2;
            if (length < 4 || at + length > bytes.Length)
                break;
            var segment = bytes.Slice(at, length);
            if (marker == 0xE1 && Orientation(segment) is { } orientation and > 1)
                output.Write(OrientationSegment(orientation));
            if (marker is not (>= 0xE0 and <= 0xEF or 0xFE) || BelongsToPicture(marker, segment[4..]))
                output.Write(segment);
            at += length;
            if (marker != 0xDA)
                continue;
            // A progressive picture has many scans, with segments of any kind between them.
            var scan = ScanLength(bytes[at..]);
            output.Write(bytes.Slice(at, scan));
            at += scan;
        }
        return output.ToArray();
    }

    /// <summary>
    /// Whether a JPEG segment is needed to show the picture: resolution (without a thumbnail), colour profile and colour transform are.
    /// </summary>
    static bool BelongsToPicture(byte marker, ReadOnlySpan<byte> content) =>
        marker switch
        {
            0xE0 => content.StartsWith("JFIF\0"u8) && content.Length == 14,
            0xE2 => content.StartsWith("ICC_PROFILE\0"u8),
            0xEE => content.StartsWith("Adobe"u8),
            _ => false,
        };

    /// <returns>Where the coded picture ends: at the next marker that is neither a stuffed byte nor a restart.</returns>
    static int ScanLength(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] == 0xFF && bytes[i + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))
                return i;
        }
        return bytes.Length;
    }

    /// <returns>The EXIF orientation, 1 to 8, of an APP1 segment; null when it has none.</returns>
    static int? Orientation(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 18 || !segment[4..10].SequenceEqual("Exif\0\0"u8))
            return null;
        var tiff = segment[10..];
        var little = tiff[0] == (byte)'I';
        var offset = (int)Math.Min(U32(tiff[4..], little), int.MaxValue);
        if (offset < 8 || offset > tiff.Length - 2)
            return null;
        int count = U16(tiff[offset..], little);
        for (var i = 0; i < count; i++)
        {
            var entry = offset + 2 + i * 12;
            if (entry + 12 > tiff.Length)
                return null;
            if (U16(tiff[entry..], little) != 0x0112)
                continue;
            int value = U16(tiff[(entry + 8)..], little);
            return value is >= 1 and <= 8 ? value : null;
        }
        return null;
    }

    static byte[] OrientationSegment(int orientation) =>
        [
            0xFF,
            0xE1,
            0,
            34,
            .. "Exif\0\0"u8,
            .. "MM"u8,
            0,
            42,
            0,
            0,
            0,
            8, // One directory, at offset 8 …
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte)orientation,
            0,
            0,
            0,
            0,
            0,
            0, // … with one entry.
        ];

    static byte[] StripPng(ReadOnlySpan<byte> bytes)
    {
        using var output = new MemoryStream(bytes.Length);
        output.Write(PngSignature);
        var at = PngSignature.Length;
        while (at + 12 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > (uint)(bytes.Length - at - 12))
                break;
            var type = bytes.Slice(at + 4, 4);
            if (
                !type.SequenceEqual("eXIf"u8)
                && !type.SequenceEqual("tEXt"u8)
                && !type.SequenceEqual("zTXt"u8)
                && !type.SequenceEqual("iTXt"u8)
                && !type.SequenceEqual("tIME"u8)
            )
                output.Write(bytes.Slice(at, (int)length + 12));
            if (type.SequenceEqual("IEND"u8))
                break;
            at += (int)length + 12;
        }
        return output.ToArray();
    }

    static byte[] StripWebP(ReadOnlySpan<byte> bytes)
    {
        using var output = new MemoryStream(bytes.Length);
        output.Write(bytes[..12]);
        var at = 12;
        while (at + 8 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            var padded = (long)length + (length & 1) + 8;
            if (padded > bytes.Length - at)
                break;
            var chunk = bytes.Slice(at, (int)padded);
            if (chunk.StartsWith("VP8X"u8) && length >= 10)
            {
                var features = chunk.ToArray();
                features[8] &= 0b1111_0011; // Clears the flags for EXIF and XMP.
                output.Write(features);
            }
            else if (!chunk.StartsWith("EXIF"u8) && !chunk.StartsWith("XMP "u8))
            {
                output.Write(chunk);
            }
            at += (int)padded;
        }
        var result = output.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(4), (uint)(result.Length - 8));
        return result;
    }

    static ushort U16(ReadOnlySpan<byte> b, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(b) : BinaryPrimitives.ReadUInt16BigEndian(b);

    static uint U32(ReadOnlySpan<byte> b, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(b) : BinaryPrimitives.ReadUInt32BigEndian(b);
}
