using GridActors.Contracts.Cases;
using GridActors.Storage.Photos;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Photos;

/// <summary>How a photo is answered, alone or with its case.</summary>
static class PhotoResult
{
    public const string Description = "Without the metadata it was uploaded with. `size=thumb` answers a small JPEG, for lists.";

    public const string SizeDescription = "`thumb`: at most 480 pixels wide and high. Without it: the picture in its own size.";

    const string Thumbnail = "thumb";

    /// <param name="photo">Null when the caller may not see it.</param>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Of(
        string? photo,
        string? size,
        PhotoStore photos,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (size is not (null or Thumbnail))
        {
            var fields = Fields.Of(context);
            fields.Wrong("size", "只能是 thumb", "can only be thumb");
            return fields.Problem(context);
        }
        var shown =
            photo is null ? null
            : size is null ? await photos.Show(photo, cancellationToken)
            : await photos.ShowThumbnail(photo, cancellationToken);
        if (shown is null)
            return Problem.Of(CaseRejections.NotFound, context);
        // The browser asks every time, so that the next person at a shared computer doesn't see what only the last one may see.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(shown.Bytes, shown.ContentType, entityTag: new(size is null ? $"\"{photo}\"" : $"\"{photo}-{size}\""));
    }

    public static RouteHandlerBuilder ProducesPhoto(this RouteHandlerBuilder builder) =>
        builder.Produces<Stream>(StatusCodes.Status200OK, "image/jpeg", "image/png", "image/webp");
}
