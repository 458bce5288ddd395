using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SkiaSharp;

namespace GridActors.Harness;

/// <summary>Small real pictures, with what cameras and programs write beside the pixels.</summary>
public static class Pictures
{
    public const string Secret = "SECRET-CAMERA-OWNER";
    public const int Width = 16;
    public const int Height = 12;

    /// <summary>Stands after the signature and the header of a PNG file.</summary>
    public const int AfterPngHeader = 33;

    static readonly byte[] SecretBytes = Encoding.ASCII.GetBytes(Secret);

    /// <summary>27.05° N, 113.02° E, as numerators and denominators of degrees, minutes and seconds.</summary>
    public static readonly uint[] Latitude = [27, 1, 3, 1, 0, 1];
    public static readonly uint[] Longitude = [113, 1, 1, 1, 12, 1];

    /// <summary>With metadata: time, place, owner and orientation 6, and the secret in every place where a text can stand.</summary>
    public static byte[] Jpeg(byte seed = 0) => JpegWith(Exif(), seed);

    public static byte[] JpegWith(byte[] exif, byte seed = 0)
    {
        var plain = Encode(SKEncodedImageFormat.Jpeg, seed);
        return
        [
            .. plain[..2],
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. exif]),
            .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes($"<x:xmpmeta>{Secret}</x:xmpmeta>")]),
            .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. SecretBytes]),
            .. Segment(0xE2, [.. "MPF\0"u8, .. SecretBytes]),
            .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. SecretBytes]),
            .. Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1, .. SecretBytes]),
            .. Segment(0xE0, [.. "JFXX\0"u8, .. SecretBytes]),
            .. Segment(0xF0, SecretBytes),
            .. Segment(0xFE, SecretBytes),
            .. plain[2..],
            .. Encoding.ASCII.GetBytes($"trailer {Secret}"),
        ];
    }

    /// <summary>8 × 8 pixels in ten scans.</summary>
    public static byte[] ProgressiveJpeg() =>
        Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8"
                + "ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wgAR"
                + "CAAIAAgDASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAEC/9oADAMBAAIQAxAAAAEIf//EABQQ"
                + "AQAAAAAAAAAAAAAAAAAAAEH/2gAIAQEAAQUCf//EABcRAAMBAAAAAAAAAAAAAAAAAAABAhH/2gAIAQMBAT8Blaf/xAAVEQEBAAAAAAAAAAAA"
                + "AAAAAAABAP/aAAgBAgEBPwFL/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAGRAAAQUAAAAAAAAAAAAAAAAAAQARITFR/9oA"
                + "CAEBAAE/Iak5A1f/2gAMAwEAAgADAAAAEP8A/8QAFxEAAwEAAAAAAAAAAAAAAAAAAAERIf/aAAgBAwEBPxDfWf/EABURAQEAAAAAAAAAAAAA"
                + "AAAAAAAB/9oACAECAQE/EJv/xAAaEAEAAQUAAAAAAAAAAAAAAAABIQARQZGh/9oACAEBAAE/EFsiJSOY5Ltr/9k="
        );

    public static byte[] Png()
    {
        var plain = Encode(SKEncodedImageFormat.Png, 0);
        return
        [
            .. plain[..AfterPngHeader],
            .. Chunk("tEXt", [.. "Author\0"u8, .. SecretBytes]),
            .. Chunk("iCCP", [.. SecretBytes, 0, 0, 1, 2, 3]),
            .. Chunk("sPLT", [.. SecretBytes, 0, 8]),
            .. Chunk("gAMA", SecretBytes),
            .. Chunk("pHYs", new byte[9]),
            .. Chunk("prVt", SecretBytes),
            .. Chunk("eXIf", Exif()),
            .. plain[AfterPngHeader..],
            .. SecretBytes,
        ];
    }

    public static byte[] WebP()
    {
        var plain = Encode(SKEncodedImageFormat.Webp, 0);
        byte[] body =
        [
            .. "WEBP"u8,
            .. Riff("VP8X", [0b0010_1100, 0, 0, 0, Width - 1, 0, 0, Height - 1, 0, 0]),
            .. Riff("ICCP", SecretBytes),
            .. Riff("prVt", SecretBytes),
            .. plain[12..],
            .. Riff("EXIF", Exif()),
            .. Riff("XMP ", SecretBytes),
        ];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        return [.. "RIFF"u8, .. size, .. body, .. SecretBytes];
    }

    public static bool Tells(ReadOnlySpan<byte> bytes, string word) => bytes.IndexOf(Encoding.ASCII.GetBytes(word)) >= 0;

    /// <summary>A picture of random pixels without metadata.</summary>
    public static byte[] Encode(SKEncodedImageFormat format, int seed, int width = Width, int height = Height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = new byte[bitmap.ByteCount];
        new Random(seed).NextBytes(pixels);
        for (var alpha = 3; alpha < pixels.Length; alpha += 4)
            pixels[alpha] = 0xFF;
        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using var encoded = bitmap.Encode(format, 90);
        return encoded.ToArray();
    }

    /// <summary>A TIFF block with orientation, owner, time and place.</summary>
    public static byte[] Exif(
        string takenAt = "2026:11:22 08:30:15",
        uint[]? latitude = null,
        uint[]? longitude = null,
        byte orientation = 6
    )
    {
        const int Ifd0 = 8,
            Owner = Ifd0 + 2 + 4 * 12 + 4,
            Sub = Owner + 20,
            Taken = Sub + 2 + 12 + 4,
            Gps = Taken + 20,
            Lat = Gps + 2 + 4 * 12 + 4,
            Lon = Lat + 24;
        var bytes = new byte[Lon + 24];
        "MM\0*\0\0\0\b"u8.CopyTo(bytes);
        Directory(Ifd0, (0x0112, 3, 1, orientation << 16), (0x013B, 2, 20, Owner), (0x8769, 4, 1, Sub), (0x8825, 4, 1, Gps));
        SecretBytes.CopyTo(bytes, Owner);
        Directory(Sub, (0x9003, 2, 20, Taken));
        Encoding.ASCII.GetBytes(takenAt).CopyTo(bytes, Taken);
        Directory(Gps, (1, 2, 2, 'N' << 24), (2, 5, 3, Lat), (3, 2, 2, 'E' << 24), (4, 5, 3, Lon));
        Rationals(Lat, latitude ?? Latitude);
        Rationals(Lon, longitude ?? Longitude);
        return bytes;

        void Directory(int at, params (int Tag, int Type, int Count, int Value)[] entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)entries.Length);
            for (var i = 0; i < entries.Length; i++)
            {
                var entry = bytes.AsSpan(at + 2 + i * 12);
                BinaryPrimitives.WriteUInt16BigEndian(entry, (ushort)entries[i].Tag);
                BinaryPrimitives.WriteUInt16BigEndian(entry[2..], (ushort)entries[i].Type);
                BinaryPrimitives.WriteInt32BigEndian(entry[4..], entries[i].Count);
                BinaryPrimitives.WriteInt32BigEndian(entry[8..], entries[i].Value);
            }
        }

        void Rationals(int at, uint[] values)
        {
            for (var i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + i * 4), values[i]);
        }
    }

    public static byte[] Segment(byte marker, byte[] data) =>
        [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), Checksum(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    /// <summary>CRC-32, as PNG has it.</summary>
    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 1 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
        }
        return ~sum;
    }

    static byte[] Riff(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. length, .. data, .. data.Length % 2 == 1 ? new byte[1] : []];
    }
}
