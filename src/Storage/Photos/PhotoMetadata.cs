using GridActors.Contracts.Cases;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace GridActors.Storage.Photos;

/// <summary>
/// When and where a picture was taken, according to its metadata. It is kept as evidence and never shown with the picture.
/// </summary>
static class PhotoMetadata
{
    public static (DateTime? TakenAt, Position? Position) Read(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            var directories = ImageMetadataReader.ReadMetadata(stream);
            var exif = directories.OfType<ExifSubIfdDirectory>().FirstOrDefault();
            DateTime? takenAt =
                exif is not null && exif.TryGetDateTime(ExifDirectoryBase.TagDateTimeOriginal, out var at)
                    ? DateTime.SpecifyKind(at, DateTimeKind.Unspecified)
                    : null;
            var place = directories.OfType<GpsDirectory>().FirstOrDefault()?.GetGeoLocation();
            return (
                takenAt,
                place is { IsZero: false, Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 }
                    ? new Position(place.Longitude, place.Latitude)
                    : null
            );
        }
        catch (Exception e)
            when (e
                    is ImageProcessingException
                        or MetadataException
                        or IOException
                        or ArgumentException
                        or IndexOutOfRangeException
                        or OverflowException
            )
        {
            return (null, null); // Unreadable metadata doesn't make a picture invalid.
        }
    }
}
