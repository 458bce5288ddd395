namespace GridActors.Storage.Photos;

/// <summary>Why a photo isn't taken.</summary>
public enum PhotoRejection
{
    /// <summary>Nobody can open it as a JPEG, PNG or WebP picture.</summary>
    NotAPhoto,

    /// <summary>It has more pixels than the service decodes.</summary>
    TooLarge,

    /// <summary>Its sender has uploaded enough for a day.</summary>
    TooMuch,

    /// <summary>Other photos are being decoded, and it wasn't this one's turn in time.</summary>
    Busy,

    /// <summary>Its bytes aren't those whose hash was announced.</summary>
    Different,
}
