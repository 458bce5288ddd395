using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace GridActors.Web.Cases;

/// <summary>The headers of a write: the key that makes its repeats one operation, and the version it insists on.</summary>
public sealed record WriteHeaders(
    [FromHeader(Name = WriteHeaders.KeyHeader)]
    [property: Description(
        "1 to 128 visible ASCII characters, scoped to the caller and the case. "
            + "The same key with the same request answers the first outcome again."
    )]
        string? IdempotencyKey,
    [FromHeader(Name = WriteHeaders.MatchHeader)]
    [property: Description(
        "The ETag of the version the caller has seen; if the case has changed since, the answer is 412 `stale-version`."
    )]
        string? IfMatch
)
{
    const string KeyHeader = "Idempotency-Key";
    const string MatchHeader = "If-Match";
    const int MaxKeyLength = 128;

    /// <summary>Names each header that is malformed.</summary>
    public void Check(Fields fields)
    {
        if (IdempotencyKey is { } key && (key.Length is 0 or > MaxKeyLength || !key.All(c => c is > ' ' and <= '~')))
            fields.Wrong(KeyHeader, "应为 1 至 128 个可见 ASCII 字符", "must be 1 to 128 visible ASCII characters");
        if (IfMatch is not (null or "*") && Version is null)
            fields.Wrong(MatchHeader, "不是事项的 ETag", "is no ETag of a case");
    }

    /// <summary>The command with the version it insists on and its operation id: repeats with the same key have the same id.</summary>
    public CaseCommand ApplyTo(CaseCommand command)
    {
        if (IdempotencyKey is null)
            return command with { Operation = Guid.NewGuid(), IfVersion = Version };
        // The command's name is part of the content because two steps can have equal fields: a comment and an explanation are one text.
        var content = JsonSerializer.SerializeToUtf8Bytes(new { command.GetType().Name, Command = (object)command });
        return command with { Operation = OperationIds.Of(command.By.Key, IdempotencyKey, content), IfVersion = Version };
    }

    /// <summary>The id of the case that the command creates: the same for every repeat.</summary>
    public Guid NewCaseId(CaseCommand command) =>
        IdempotencyKey is null ? Guid.CreateVersion7() : OperationIds.OfCreated(command.By.Key, IdempotencyKey);

    int? Version =>
        int.TryParse(IfMatch.AsSpan().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}

/// <summary>The endpoint filter of a group whose writes take <see cref="WriteHeaders"/>.</summary>
static class WriteHeadersFilter
{
    /// <summary>Refuses a call with malformed write headers before its endpoint runs; other endpoints are left alone.</summary>
    public static TBuilder CheckWriteHeaders<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder =>
        group.AddEndpointFilterFactory(
            (endpoint, next) =>
            {
                var index = Array.FindIndex(endpoint.MethodInfo.GetParameters(), p => p.ParameterType == typeof(WriteHeaders));
                if (index < 0)
                    return next;
                return call =>
                {
                    var fields = Fields.Of(call.HttpContext);
                    call.GetArgument<WriteHeaders>(index).Check(fields);
                    return fields.AreValid ? next(call) : ValueTask.FromResult<object?>(fields.Problem(call.HttpContext));
                };
            }
        );
}
