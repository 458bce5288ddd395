using System.Net.Mime;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace GridActors.Web;

/// <summary>
/// A JSON body that generated code writes. <c>TypedResults.Ok</c> never runs that code: it needs options without an encoder and without
/// converters, and those of HTTP have an encoder that leaves Chinese unescaped. Here the writer has the encoder instead.
/// </summary>
public abstract class GeneratedJson<T>(T value, JsonTypeInfo<T> type, int status) : IResult, IStatusCodeHttpResult, IValueHttpResult<T>
{
    const string ContentType = "application/json; charset=utf-8";

    static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public T? Value => value;
    public int? StatusCode => status;

    public virtual async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, Writing))
            JsonSerializer.Serialize(writer, value, type);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    /// <summary>What the API's document says of it.</summary>
    protected static void Describe(EndpointBuilder builder, int status) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(T), [MediaTypeNames.Application.Json]));
}

/// <summary>200 with a body.</summary>
public sealed class GeneratedOk<T>(T value, JsonTypeInfo<T> type)
    : GeneratedJson<T>(value, type, StatusCodes.Status200OK),
        IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Describe(builder, StatusCodes.Status200OK);
}

/// <summary>201 with the address and the body of what was created.</summary>
public sealed class GeneratedCreated<T>(string location, T value, JsonTypeInfo<T> type)
    : GeneratedJson<T>(value, type, StatusCodes.Status201Created),
        IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        Describe(builder, StatusCodes.Status201Created);

    public override Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = location;
        return base.ExecuteAsync(httpContext);
    }
}
