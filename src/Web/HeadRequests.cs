using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web;

public static class HeadRequests
{
    /// <summary>Every address that answers GET answers HEAD, as HTTP asks for: the server leaves the body away.</summary>
    public static TBuilder AnswerHead<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods is ["GET"])
                endpoint.Metadata.Add(new HttpMethodMetadata(["GET", "HEAD"]));
        });
        return builder;
    }
}
