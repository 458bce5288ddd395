using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;

namespace GridActors.Storage.Photos;

/// <summary>
/// Reads the few fields of an EXIF block that the service needs: which way is up, when and where the picture was taken. It reads these and
/// nothing else, and copies nothing, so a block can't make it allocate; a value that isn't plausible is no value.
/// </summary>
readonly ref struct ExifBlock(ReadOnlySpan<byte> tiff)
{
    const ushort OrientationTag = 0x0112;
    const ushort ExifDirectoryTag = 0x8769;
    const ushort GpsDirectoryTag = 0x8825;
    const ushort TakenAtTag = 0x9003;
    const ushort LatitudeReferenceTag = 1;
    const ushort LatitudeTag = 2;
    const ushort LongitudeReferenceTag = 3;
    const ushort LongitudeTag = 4;

    const ushort Ascii = 2;
    const ushort Short = 3;
    const ushort Long = 4;
    const ushort Rational = 5;

    /// <summary>There were no cameras that wrote EXIF before.</summary>
    static readonly DateTime FirstYear = new(1995, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    static readonly string[] TimeFormats = ["yyyy:MM:dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    readonly ReadOnlySpan<byte> _tiff = tiff;
    readonly bool _isLittleEndian = tiff is [(byte)'I', ..];

    /// <summary>What stands before the block in a JPEG segment.</summary>
    public static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <summary>1 to 8, as EXIF numbers them; null when the block says none.</summary>
    public int? Orientation =>
        Value(FirstDirectory, OrientationTag, Short, 1) is { IsEmpty: false } value && U16(value) is >= 1 and <= 8 and var orientation
            ? orientation
            : null;

    /// <summary>The time of the camera's clock, without a time zone.</summary>
    /// <param name="now">A picture can't have been taken later. A day more is allowed, because of time zones.</param>
    public DateTime? TakenAt(DateTimeOffset now)
    {
        var value = Value(Directory(ExifDirectoryTag), TakenAtTag, Ascii, 19, 64);
        if (value.IndexOf((byte)0) is >= 0 and var end)
            value = value[..end];
        var isTime = DateTime.TryParseExact(
            Encoding.ASCII.GetString(value),
            TimeFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowTrailingWhite,
            out var at
        );
        return isTime && at >= FirstYear && at <= now.UtcDateTime.AddDays(1) ? at : null;
    }

    public Position? Position
    {
        get
        {
            var gps = Directory(GpsDirectoryTag);
            var latitude = Degrees(gps, LatitudeTag, LatitudeReferenceTag, 'N', 'S', 90);
            var longitude = Degrees(gps, LongitudeTag, LongitudeReferenceTag, 'E', 'W', 180);
            // A receiver without a fix writes zeros.
            return latitude is not { } lat || longitude is not { } lon || (lat == 0 && lon == 0) ? null : new(lon, lat);
        }
    }

    /// <returns>A new block that says nothing but the orientation, with its prefix.</returns>
    public static byte[] OfOrientation(int orientation)
    {
        byte[] entry = [0x01, 0x12, 0, (byte)Short, 0, 0, 0, 1, 0, (byte)orientation, 0, 0];
        // Byte order, the number 42, and where the directory begins; it has one entry, and no directory follows.
        return [.. Prefix, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, .. entry, 0, 0, 0, 0];
    }

    double? Degrees(uint directory, ushort tag, ushort referenceTag, char positive, char negative, int most)
    {
        if (Value(directory, referenceTag, Ascii, 1, 4) is not [var reference, ..] || (reference != positive && reference != negative))
            return null;
        var value = Value(directory, tag, Rational, 3);
        if (Number(value, 0) is not { } degrees || Number(value, 1) is not { } minutes || Number(value, 2) is not { } seconds)
            return null;
        if (minutes >= 60 || seconds >= 60)
            return null;
        var angle = degrees + minutes / 60 + seconds / 3600;
        return angle > most ? null
            : reference == positive ? angle
            : -angle;
    }

    double? Number(ReadOnlySpan<byte> rationals, int index)
    {
        if (rationals.Length < (index + 1) * 8)
            return null;
        var (numerator, denominator) = (U32(rationals[(index * 8)..]), U32(rationals[(index * 8 + 4)..]));
        return denominator == 0 ? null : (double)numerator / denominator;
    }

    /// <summary>Where the first directory begins; 0, where none can be, when there is none.</summary>
    uint FirstDirectory => _tiff.Length >= 8 ? U32(_tiff[4..]) : 0;

    uint Directory(ushort tag) => Value(FirstDirectory, tag, Long, 1) is { IsEmpty: false } value ? U32(value) : 0;

    /// <summary>A field of a directory; empty when it isn't there, is of another type, or lies outside the block.</summary>
    ReadOnlySpan<byte> Value(uint directory, ushort tag, ushort type, uint count, uint? maxCount = null)
    {
        if (directory < 8 || directory + 2L > _tiff.Length)
            return [];
        var entries = _tiff[((int)directory + 2)..];
        for (int left = U16(_tiff[(int)directory..]); left > 0 && entries.Length >= 12; left--, entries = entries[12..])
        {
            if (U16(entries) != tag)
                continue;
            var found = U32(entries[4..]);
            if (U16(entries[2..]) != type || found < count || found > (maxCount ?? count))
                return [];
            var size = (int)found * SizeOf(type);
            if (size <= 4)
                return entries.Slice(8, size);
            var offset = U32(entries[8..]);
            return offset + (long)size <= _tiff.Length ? _tiff.Slice((int)offset, size) : [];
        }
        return [];
    }

    static int SizeOf(ushort type) =>
        type switch
        {
            Short => 2,
            Long => 4,
            Rational => 8,
            _ => 1,
        };

    ushort U16(ReadOnlySpan<byte> bytes) =>
        _isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    uint U32(ReadOnlySpan<byte> bytes) =>
        _isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
