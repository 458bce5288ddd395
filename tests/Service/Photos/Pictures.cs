using System.Buffers.Binary;
using System.Text;

namespace GridActors.Service.Tests.Photos;

/// <summary>Small picture files with the metadata that cameras write.</summary>
static class Pictures
{
    public const string Secret = "SECRET-CAMERA-OWNER";

    /// <summary>An empty picture with metadata: time, place, owner and orientation 6.</summary>
    public static byte[] Jpeg(byte seed = 0) =>
        [
            0xFF,
            0xD8,
            .. Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 0, 0, 1, 0, 1, 0, 0]),
            .. Segment(0xE1, [.. "Exif\0\0"u8, .. Exif()]),
            .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Encoding.ASCII.GetBytes($"<x:xmpmeta>{Secret}</x:xmpmeta>")]),
            .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Encoding.ASCII.GetBytes(Secret)]),
            .. Segment(0xFE, Encoding.ASCII.GetBytes(Secret)),
            .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            0x12,
            seed,
            0x34,
            0xFF,
            0x00,
            0xFF,
            0xD0,
            0x56,
            .. Segment(0xFE, Encoding.ASCII.GetBytes(Secret)), // A progressive picture may have segments between its scans.
            .. Segment(0xE2, [.. "MPF\0"u8, .. Encoding.ASCII.GetBytes(Secret)]),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            0x78,
            seed,
            0xFF,
            0x00,
            0x9A,
            0xFF,
            0xD9,
            .. Encoding.ASCII.GetBytes($"trailer {Secret}"),
        ];

    public static byte[] Png() =>
        [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
            .. Chunk("tEXt", Encoding.ASCII.GetBytes($"Author\0{Secret}")),
            .. Chunk("eXIf", Exif()),
            .. Chunk("IDAT", [1, 2, 3]),
            .. Chunk("IEND", []),
            .. Encoding.ASCII.GetBytes(Secret),
        ];

    public static byte[] WebP()
    {
        byte[] body =
        [
            .. "WEBP"u8,
            .. Riff("VP8X", [0b0000_1100, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            .. Riff("VP8 ", [1, 2, 3]),
            .. Riff("EXIF", Exif()),
            .. Riff("XMP ", Encoding.ASCII.GetBytes(Secret)),
        ];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        return [.. "RIFF"u8, .. size, .. body];
    }

    public static bool Tells(byte[] bytes, string word) => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(word)) >= 0;

    /// <summary>A TIFF block with orientation, owner, time and place: 27.05° N, 113.02° E.</summary>
    static byte[] Exif()
    {
        const int Ifd0 = 8,
            Owner = Ifd0 + 2 + 4 * 12 + 4,
            Sub = Owner + 20,
            Taken = Sub + 2 + 12 + 4,
            Gps = Taken + 20,
            Latitude = Gps + 2 + 4 * 12 + 4,
            Longitude = Latitude + 24;
        var bytes = new byte[Longitude + 24];
        "MM\0*\0\0\0\b"u8.CopyTo(bytes);
        Directory(Ifd0, (0x0112, 3, 1, 6 << 16), (0x013B, 2, 20, Owner), (0x8769, 4, 1, Sub), (0x8825, 4, 1, Gps));
        Encoding.ASCII.GetBytes(Secret).CopyTo(bytes, Owner);
        Directory(Sub, (0x9003, 2, 20, Taken));
        "2026:11:22 08:30:15"u8.CopyTo(bytes.AsSpan(Taken));
        Directory(Gps, (1, 2, 2, 'N' << 24), (2, 5, 3, Latitude), (3, 2, 2, 'E' << 24), (4, 5, 3, Longitude));
        Rationals(Latitude, 27, 3, 0);
        Rationals(Longitude, 113, 1, 12);
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

        void Rationals(int at, params int[] values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + i * 8), values[i]);
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + i * 8 + 4), 1);
            }
        }
    }

    static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    static byte[] Chunk(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
    }

    static byte[] Riff(string type, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. length, .. data, .. data.Length % 2 == 1 ? new byte[1] : []];
    }
}
