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
    const int MostBytes = 10 * 1024 * 1024;

    /// <summary>More than a day's patrol; less than would fill a disk.</summary>
    const long MostBytesADay = 300L * 1024 * 1024;

    /// <summary>What is read before it is refused: closing the connection on somebody who still sends would hide the answer from them.</summary>
    const int MostBytesRead = 64 * 1024 * 1024;

    public static void MapPhotos(this IEndpointRouteBuilder routes)
    {
        var photos = routes.MapGroup("/api/photos").RequireAuthorization().WithProblems(400, 401, 404, 413, 415, 503);
        // The session is a header or a SameSite=Strict cookie, so a form from another site arrives without one.
        photos.MapPost("/", Upload).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(MostBytesRead), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = MostBytesRead });
        photos.MapGet("/{id}", Own);
    }

    static async Task<Results<Created<PhotoJson>, ProblemHttpResult>> Upload(IFormFile file, Caller caller, PhotoStore photos, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        if (file.Length > MostBytes) return Problem.Of(Problem.TooLarge, context);
        if (await photos.UploadedSince(caller.Id, clock.GetUtcNow().AddDays(-1), cancellationToken) + file.Length > MostBytesADay) return Problem.Of(Problem.TooMuch, context);
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream()) await stream.ReadExactlyAsync(bytes, cancellationToken);
        if (await photos.Save(bytes, caller.Id, cancellationToken) is not { } saved) return Problem.Of(Problem.NotAPhoto, context);
        return TypedResults.Created($"/api/photos/{saved.Id}", new PhotoJson(
            saved.Id, saved.ContentType, saved.Size, saved.TakenAt, saved.Position is { } p ? new(p.Lon, p.Lat) : null));
    }

    static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Own(string id, Caller caller, PhotoStore photos, HttpContext context, CancellationToken cancellationToken)
    {
        if ((await photos.NotUploadedBy(caller.Id, [id], cancellationToken)).Count > 0 || await photos.Show(id, cancellationToken) is not { } shown)
            return Problem.Of(CaseRejections.NotFound, context);
        // On a shared computer the next person asks again, and is judged again.
        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(shown.Bytes, shown.ContentType, entityTag: new($"\"{id}\""));
    }
}
