using System.ComponentModel;
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

public sealed record PhotoJson(string Id, string ContentType, int Size, DateTime? TakenAt, PositionJson? Position);

/// <summary>Photos before they belong to a case.</summary>
public static class PhotoEndpoints
{
    internal const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>
    /// A photo that is too large is read up to here before it is refused: if the connection closed while the client is still sending, the
    /// client would not see the answer.
    /// </summary>
    const int MaxBytesRead = 64 * 1024 * 1024;

    public static void MapPhotos(this IEndpointRouteBuilder routes)
    {
        var photos = routes.MapGroup("/api/photos").RequireAuthorization().WithTags("Photos").WithProblems(Problem.NotSignedIn);
        // The session is a header or a SameSite=Strict cookie, so a form from another site arrives without one.
        photos
            .MapForm("/", Upload)
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytesRead))
            .WithMetadata(new RequestFormLimitsAttribute { MultipartBodyLengthLimit = MaxBytesRead })
            .WithName("uploadPhoto")
            .WithSummary("Upload a photo")
            .WithDescription(
                "A JPEG, PNG or WebP picture of at most 10 MB and 50 megapixels (25 for PNG, 16 for progressive JPEG). "
                    + "Name its id when you report a case or take a step. The same picture has the same id."
            )
            .WithProblems(
                Problem.InvalidRequest,
                Problem.TooLarge,
                Problem.NotJson,
                Problem.NotAPhoto,
                Problem.TooMuch,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown
            );
        photos.MapPhotoUploads();
        photos
            .MapGet("/{photo}", GetOwn)
            .WithName("getPhoto")
            .WithSummary("Get a photo that you have uploaded")
            .WithDescription(PhotoResult.Description)
            .ProducesPhoto()
            .WithProblems(Problem.InvalidRequest, CaseRejections.NotFound, CaseRejections.Unavailable);
    }

    static async Task<Results<Created<PhotoJson>, ProblemHttpResult>> Upload(
        IFormFile file,
        [FromForm] [Description(PhotoUploadEndpoints.OriginalDescription)] string? originalHash,
        [FromForm] [Description(PhotoUploadEndpoints.TakenAtDescription)] string? takenAt,
        [FromForm] [Description(PhotoUploadEndpoints.LonDescription)] double? lon,
        [FromForm] [Description("Latitude, with `lon`.")] double? lat,
        Caller caller,
        PhotoStore photos,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (file.Length > MaxBytes)
            return Problem.Of(Problem.TooLarge, context);
        var fields = Fields.Of(context);
        var position = lon is null && lat is null ? null : new PositionJson(lon, lat);
        var origin = PhotoUploadEndpoints.Origin(fields, "", originalHash, takenAt, position, clock.GetUtcNow());
        if (!fields.AreValid)
            return fields.Problem(context);
        await using var content = file.OpenReadStream();
        var (saved, rejection) = await photos.Save(content, (int)file.Length, caller.Id, cancellationToken, origin);
        if (saved is null)
            return Problem.Of(CodeOf(rejection), context);
        return TypedResults.Created(
            $"/api/photos/{saved.Id}",
            new PhotoJson(saved.Id, saved.ContentType, saved.Size, saved.TakenAt, saved.Position is { } p ? new(p.Lon, p.Lat) : null)
        );
    }

    internal static string CodeOf(PhotoRejection? rejection) =>
        rejection switch
        {
            PhotoRejection.TooLarge => Problem.TooLarge,
            PhotoRejection.TooMuch => Problem.TooMuch,
            PhotoRejection.Busy => CaseRejections.Busy,
            PhotoRejection.Different => Problem.PhotoDiffers,
            _ => Problem.NotAPhoto,
        };

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetOwn(
        string photo,
        [Description(PhotoResult.SizeDescription)] string? size,
        Caller caller,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var isOwn = (await photos.NotUploadedBy(caller.Id, [photo], cancellationToken)).Count == 0;
        return await PhotoResult.Of(isOwn ? photo : null, size, photos, context, cancellationToken);
    }
}
