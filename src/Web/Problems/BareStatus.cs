using System.Globalization;
using System.Reflection;
using System.Text.Json;
using GridActors.Contracts.Cases;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace GridActors.Web.Problems;

/// <summary>Gives the answers that the framework leaves empty a problem with a code.</summary>
static class BareStatus
{
    static readonly MethodInfo ParsesAs = typeof(BareStatus).GetMethod(nameof(Parses), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static Task Answer(StatusCodeContext bare)
    {
        var context = bare.HttpContext;
        var code = context.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => Problem.InvalidRequest,
            StatusCodes.Status404NotFound => CaseRejections.NotFound,
            StatusCodes.Status405MethodNotAllowed => Problem.MethodNotAllowed,
            StatusCodes.Status408RequestTimeout => Problem.TooSlow,
            StatusCodes.Status413PayloadTooLarge => Problem.TooLarge,
            StatusCodes.Status415UnsupportedMediaType => Problem.NotJson,
            _ => null,
        };
        if (code is null || !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            return Task.CompletedTask;
        var malformed = code == Problem.InvalidRequest ? MalformedParameters(context) : null;
        return (malformed is { AreValid: false } ? malformed.Problem(context) : Problem.Of(code, context)).ExecuteAsync(context);
    }

    /// <summary>
    /// The parameters that the request gives and that can't be read. The endpoints' generated code throws for those that are
    /// needed, which <see cref="ProblemHandler"/> answers, and only sets the status for the others.
    /// </summary>
    static Fields MalformedParameters(HttpContext context)
    {
        var fields = Fields.Of(context);
        foreach (var parameter in context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType);
            if (type is null || !type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>)))
                continue;
            var query = parameter.ParameterInfo.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().FirstOrDefault();
            var name = query?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);
            var given = context.Request.Query[name].ToString();
            if (given.Length > 0 && ParsesAs.MakeGenericMethod(type).Invoke(null, [given]) is false)
                fields.Wrong(name, "格式不对", "is malformed");
        }
        return fields;
    }

    static bool Parses<T>(string text)
        where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out _);
}
