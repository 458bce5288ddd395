using GridActors.Contracts.Cases;

namespace GridActors.Storage.Photos;

/// <summary>
/// What an uploaded file holds, as far as it can be told without decoding it. Parsing looks at the lengths of segments and chunks alone: it
/// inflates nothing, and needs no more memory than the file has.
/// </summary>
public sealed record PhotoFile(string ContentType)
{
    /// <summary>
    /// The picture as it is shown: only the parts that a decoder needs. Everything else is left out, whatever it is called, because a
    /// private text can stand in any part that decoders skip.
    /// </summary>
    public required ReadOnlyMemory<byte> Picture { get; init; }

    /// <summary>The EXIF block: a TIFF file with what the camera recorded. Empty when there is none.</summary>
    internal ReadOnlyMemory<byte> Exif { get; init; }

    /// <summary>Where the picture was taken, according to its EXIF block.</summary>
    public Position? Position => new ExifBlock(Exif.Span).Position;

    /// <summary>How many bytes a decoder keeps in memory for each pixel; 0 when it decodes line by line.</summary>
    public int BytesPerPixel { get; init; }

    /// <summary>Whether the end is missing. A decoder that doesn't find it makes up the rest of a picture.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>How often a decoder goes over the whole picture.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>When the picture was taken by the camera's clock, without a time zone; null when that isn't plausible.</summary>
    public DateTime? TakenAt(DateTimeOffset now) => new ExifBlock(Exif.Span).TakenAt(now);

    /// <summary>A JPEG segment can't hold more. A larger block in a PNG or WebP file is no camera's.</summary>
    internal const int MaxExif = 64 * 1024;

    /// <returns>Null when the first bytes are neither a JPEG's, a PNG's nor a WebP's.</returns>
    public static PhotoFile? Parse(ReadOnlyMemory<byte> bytes)
    {
        var start = bytes.Span;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return JpegFile.Parse(bytes);
        if (start.StartsWith(PngFile.Signature))
            return PngFile.Parse(bytes);
        if (start.Length > WebPFile.HeaderLength && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8))
            return WebPFile.Parse(bytes);
        return null;
    }
}
