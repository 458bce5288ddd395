using System.Buffers.Binary;

namespace GridActors.Harness.Fuzz;

/// <summary>Small pictures, with odd metadata or damaged.</summary>
static class FuzzPhotos
{
    static readonly byte[] Jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBD"
            + "AQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAABAAEDASIAAhEBAxEB/8QAHwAA"
            + "AQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRol"
            + "JicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW"
            + "19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD3+iiigD//2Q=="
    );
    static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );
    static readonly byte[] WebP = Convert.FromBase64String("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    static readonly uint[] Odd = [0, 1, 27, 57, 90, 113, 180, 200, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    public static byte[] Any(Random random)
    {
        var picture = random.Next(4) switch
        {
            0 => Png,
            1 => WebP,
            _ => (byte[])[0xFF, 0xD8, .. Exif(random), .. Jpeg.AsSpan(2)],
        };
        return random.Chance(0.3) ? picture : FuzzFiles.Changed(picture, random);
    }

    /// <summary>A segment with a position whose degrees, minutes and seconds are any numbers, also divided by zero.</summary>
    static byte[] Exif(Random random)
    {
        const int Gps = 26,
            Latitude = Gps + 2 + 4 * 12 + 4,
            Longitude = Latitude + 24;
        var tiff = new byte[Longitude + 24];
        "MM\0*\0\0\0\b"u8.CopyTo(tiff);
        Directory(8, (0x8825, 4, 1, Gps));
        Directory(Gps, (1, 2, 2, 'N' << 24), (2, 5, 3, Latitude), (3, 2, 2, 'E' << 24), (4, 5, 3, Longitude));
        for (var at = Latitude; at < tiff.Length; at += 4)
            BinaryPrimitives.WriteUInt32BigEndian(tiff.AsSpan(at), random.Chance(0.5) ? 1 : random.Any(Odd));
        var length = tiff.Length + 8;
        return [0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. tiff];

        void Directory(int at, params (ushort Tag, ushort Type, int Count, int Value)[] entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(at), (ushort)entries.Length);
            for (var i = 0; i < entries.Length; i++)
            {
                var entry = tiff.AsSpan(at + 2 + i * 12);
                BinaryPrimitives.WriteUInt16BigEndian(entry, entries[i].Tag);
                BinaryPrimitives.WriteUInt16BigEndian(entry[2..], entries[i].Type);
                BinaryPrimitives.WriteInt32BigEndian(entry[4..], entries[i].Count);
                BinaryPrimitives.WriteInt32BigEndian(entry[8..], entries[i].Value);
            }
        }
    }
}
