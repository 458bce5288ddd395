using GridActors.Storage.Photos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Photos;

/// <summary>How a photo is answered, alone or with its case.</summary>
static class PhotoResult
{
    public static FileContentHttpResult Of(ShownPhoto photo, string id, HttpContext context)
    {
        // The browser asks every time, so that the next person at a shared computer doesn't see what only the last one may see.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(photo.Bytes, photo.ContentType, entityTag: new($"\"{id}\""));
    }

    public static RouteHandlerBuilder ProducesPhoto(this RouteHandlerBuilder builder) =>
        builder.Produces<Stream>(StatusCodes.Status200OK, "image/jpeg", "image/png", "image/webp");
}
