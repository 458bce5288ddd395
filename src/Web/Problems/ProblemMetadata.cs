using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace GridActors.Web.Problems;

/// <summary>The codes an endpoint answers, as metadata: the OpenAPI document's problem responses are made of it.</summary>
sealed record ProblemCodes(IReadOnlyList<string> Codes);

static class ProblemMetadata
{
    public const string ContentType = "application/problem+json";

    /// <summary>Says which problems an endpoint, or every endpoint of a group, answers.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder, params string[] codes)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new ProblemCodes(codes));
        foreach (var status in codes.Select(Problem.StatusOf).Distinct())
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ContentType]));
        return builder;
    }
}
