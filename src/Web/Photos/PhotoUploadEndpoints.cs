using System.ComponentModel;
using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Storage.Photos;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Photos;

public sealed record AnnouncePhotosRequest(IReadOnlyList<AnnouncedPhotoJson>? Photos);

public sealed record AnnouncedPhotoJson(
    [property: Description("SHA-256 of the bytes that will be sent, in hex: the photo's id.")] string? Id,
    [property: Description("How many bytes it has.")] int? Size,
    [property: Description(PhotoUploadEndpoints.OriginalDescription)] string? OriginalHash,
    [property: Description(PhotoUploadEndpoints.TakenAtDescription)] string? TakenAt,
    PositionJson? Position
);

public sealed record AnnouncedPhotosJson(IReadOnlyList<PhotoProgressJson> Photos);

public sealed record PhotoProgressJson(
    string Id,
    [property: Description("How many bytes have arrived; the next piece begins there.")] int Received,
    [property: Description("You have uploaded it.")] bool There,
    [property: Description("It may be named before it is there.")] bool MayBeShown,
    [property: Description("Why it can't come: `too-much`. Null when it can.")] string? Problem
);

/// <summary>Photos that are announced, and uploaded in pieces that go on where the line broke.</summary>
static class PhotoUploadEndpoints
{
    public const string OriginalDescription = "SHA-256 of the file as the camera made it, in hex, when this one was made from it.";
    public const string TakenAtDescription = "When the original was taken by the camera's clock, without a time zone: 2026-11-26T08:12:31.";
    public const string LonDescription = "Longitude of where the original was taken (WGS-84), with `lat`.";

    const int MaxAnnounced = 100;
    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss";

    public static void MapPhotoUploads(this IEndpointRouteBuilder photos)
    {
        photos
            .MapPost("/uploads", Announce)
            .WithName("announcePhotos")
            .WithSummary("Announce photos that will be uploaded")
            .WithDescription(
                "At most 100. What shows an announced photo may be sent before it; it is answered with 404 until it is there. "
                    + "Announcing again "
                    + "tells how far each is. An announcement is kept for 30 days."
            )
            .WithProblems(Problem.InvalidRequest, Problem.NotJson, CaseRejections.Unavailable);
        photos
            .MapPatch("/uploads/{photo}", Take)
            .Accepts<Stream>("application/offset+octet-stream")
            .WithMetadata(new RequestSizeLimitAttribute(PhotoUploads.MaxPiece))
            .WithName("uploadPhotoPiece")
            .WithSummary("Upload the next piece of an announced photo")
            .WithDescription(
                "At most 1 MB. `Upload-Offset` says where it begins; a piece that doesn't begin where the last one ended "
                    + "changes nothing, and "
                    + "the answer says where to go on. With the last piece the photo is there, if its bytes have the announced hash."
            )
            .WithProblems(
                Problem.InvalidRequest,
                Problem.TooLarge,
                Problem.NotAPhoto,
                Problem.TooMuch,
                Problem.PhotoDiffers,
                CaseRejections.NotFound,
                CaseRejections.Busy,
                CaseRejections.Unavailable
            );
    }

    static async Task<Results<Ok<AnnouncedPhotosJson>, ProblemHttpResult>> Announce(
        AnnouncePhotosRequest body,
        Caller caller,
        PhotoUploads uploads,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var asked = body.Photos ?? [];
        if (asked.Count is 0 or > MaxAnnounced)
            fields.Wrong("photos", $"1 至 {MaxAnnounced} 张", $"has 1 to {MaxAnnounced} photos");
        var announced = new List<AnnouncedPhoto>();
        foreach (var (photo, n) in asked.Take(MaxAnnounced).Select((photo, n) => (photo, n)))
        {
            var at = $"photos[{n}].";
            if (!IsHash(photo?.Id))
                fields.Wrong(at + "id", "不是照片的 SHA-256", "is no SHA-256 in hex");
            if (photo?.Size is not (> 0 and <= PhotoEndpoints.MaxBytes))
                fields.Wrong(at + "size", "应为 1 字节至 10 MB", "is 1 byte to 10 MB");
            var origin = Origin(fields, at, photo?.OriginalHash, photo?.TakenAt, photo?.Position, clock.GetUtcNow());
            if (fields.AreValid)
                announced.Add(new(photo!.Id!, photo.Size!.Value, origin));
        }
        if (!fields.AreValid)
            return fields.Problem(context);
        var progress = await uploads.Announce(caller.Id, [.. announced.DistinctBy(a => a.Id)], cancellationToken);
        return TypedResults.Ok(new AnnouncedPhotosJson([.. progress.Select(Json)]));
    }

    static async Task<Results<Ok<PhotoProgressJson>, ProblemHttpResult>> Take(
        string photo,
        [FromHeader(Name = "Upload-Offset")] [Description("Where the piece begins.")] int? offset,
        Caller caller,
        PhotoUploads uploads,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (offset is not >= 0)
        {
            var fields = Fields.Of(context);
            fields.Wrong("Upload-Offset", "应为已收到的字节数", "is the number of bytes that have arrived");
            return fields.Problem(context);
        }
        using var piece = new MemoryStream();
        await context.Request.Body.CopyToAsync(piece, cancellationToken);
        if (piece.Length == 0)
            return Problem.Of(Problem.InvalidRequest, context);
        var bytes = piece.GetBuffer().AsMemory(0, (int)piece.Length);
        var progress = IsHash(photo) ? await uploads.Take(caller.Id, photo, offset.Value, bytes, cancellationToken) : null;
        return progress switch
        {
            null => Problem.Of(CaseRejections.NotFound, context),
            { Rejection: { } rejection } => Problem.Of(PhotoEndpoints.CodeOf(rejection), context),
            _ => TypedResults.Ok(Json(progress)),
        };
    }

    /// <summary>Evidence that can't be true is no reason to refuse a photo, and isn't kept; what nobody can read is refused.</summary>
    public static PhotoOrigin Origin(
        Fields fields,
        string prefix,
        string? hash,
        string? takenAt,
        PositionJson? position,
        DateTimeOffset now
    )
    {
        if (hash is not null && !IsHash(hash))
            fields.Wrong(prefix + "originalHash", "不是 SHA-256", "is no SHA-256 in hex");
        DateTime? taken = null;
        if (takenAt is not null)
        {
            if (DateTime.TryParseExact(takenAt, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                taken = at.Year >= 1995 && at <= now.UtcDateTime.AddDays(1) ? at : null;
            else
                fields.Wrong(prefix + "takenAt", "应如 2026-11-26T08:12:31", "is as 2026-11-26T08:12:31");
        }
        return new(hash, taken, fields.Position(prefix + "position", position));
    }

    static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    static PhotoProgressJson Json(PhotoProgress progress) =>
        new(
            progress.Id,
            progress.Received,
            progress.IsThere,
            progress.MayBeShown,
            progress.Rejection is { } rejection ? PhotoEndpoints.CodeOf(rejection) : null
        );
}
