using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace GridActors.Web.Cases;

/// <summary>
/// What the headers of a write have in common: the key that makes its repeats one operation. Each kind declares its own properties, because
/// the generator of the endpoints' code sees no inherited ones. For the same reason these have no constructors, of which it can't write the
/// types of parameters that may be null.
/// </summary>
public abstract record OperationHeaders
{
    /// <summary>1 to 128 visible ASCII characters, or null.</summary>
    public abstract string? IdempotencyKey { get; init; }

    internal const string KeyHeader = "Idempotency-Key";
    internal const string KeyDescription =
        "1 to 128 visible ASCII characters, scoped to the caller and the case. "
        + "The same key with the same request is taken once: a repeat changes nothing and answers with the case as it is then.";
    const int MaxKeyLength = 128;

    /// <summary>Names each header that is malformed.</summary>
    public virtual void Check(Fields fields)
    {
        if (IdempotencyKey is { } key && (key.Length is 0 or > MaxKeyLength || !key.All(c => c is > ' ' and <= '~')))
            fields.Wrong(KeyHeader, "应为 1 至 128 个可见 ASCII 字符", "must be 1 to 128 visible ASCII characters");
    }

    /// <summary>The command with its operation id: repeats with the same key have the same id.</summary>
    public CaseCommand ApplyTo(CaseCommand command) => command with { Operation = OperationOf(command.By, command) };

    /// <summary>The operation id of a command that has none yet.</summary>
    public Guid OperationOf(PersonId by, object command)
    {
        if (IdempotencyKey is null)
            return Guid.NewGuid();
        // The command's name is part of the content because two steps can have equal fields: a comment and an explanation are one text.
        var content = JsonSerializer.SerializeToUtf8Bytes(new { command.GetType().Name, Command = command });
        return OperationIds.Of(by.Key, IdempotencyKey, content);
    }

    /// <summary>The id of something that a call creates: the same for every repeat.</summary>
    /// <param name="what">Tells it from other things that the same call creates.</param>
    public Guid NewId(PersonId by, string what) =>
        IdempotencyKey is null ? Guid.CreateVersion7() : OperationIds.OfCreated(by.Key, $"{IdempotencyKey} {what}");

    /// <summary>The id of the case that the command creates: the same for every repeat.</summary>
    public Guid NewCaseId(CaseCommand command) =>
        IdempotencyKey is null ? Guid.CreateVersion7() : OperationIds.OfCreated(command.By.Key, IdempotencyKey);
}

/// <summary>The header of a write.</summary>
public sealed record WriteHeaders : OperationHeaders
{
    [FromHeader(Name = OperationHeaders.KeyHeader)]
    [Description(OperationHeaders.KeyDescription)]
    public override string? IdempotencyKey { get; init; }
}

/// <summary>The headers of a step of a case: its key, and the versions of the case that it insists on.</summary>
public sealed record StepHeaders : OperationHeaders
{
    [FromHeader(Name = OperationHeaders.KeyHeader)]
    [Description(OperationHeaders.KeyDescription)]
    public override string? IdempotencyKey { get; init; }

    [FromHeader(Name = StepHeaders.MatchHeader)]
    [Description(
        "The ETag of the version the caller has seen, or several; if the case has changed since, the answer is 412 `stale-version`."
    )]
    public string? IfMatch { get; init; }

    const string MatchHeader = "If-Match";

    /// <summary>
    /// The versions that the case may have; null for any. Empty when the header names none that a case can have: a weak tag never matches,
    /// and neither does a tag of something else.
    /// </summary>
    public IReadOnlyList<int>? Versions() =>
        Tags() is not { } tags || tags.Contains(EntityTagHeaderValue.Any)
            ? null
            : [.. tags.Where(t => !t.IsWeak).Select(VersionOf).OfType<int>().Distinct()];

    public override void Check(Fields fields)
    {
        base.Check(fields);
        if (IfMatch is not null && Tags() is null)
            fields.Wrong(MatchHeader, "不是 ETag", "is no list of ETags");
    }

    /// <summary>Several lines of the header are one list. A version without quotation marks is taken too.</summary>
    IList<EntityTagHeaderValue>? Tags()
    {
        if (IfMatch?.Trim() is not { Length: > 0 } text)
            return null;
        if (text.All(char.IsAsciiDigit))
            text = $"\"{text}\"";
        return EntityTagHeaderValue.TryParseList([text], out var tags) ? tags : null;
    }

    static int? VersionOf(EntityTagHeaderValue tag) =>
        int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}

/// <summary>The endpoint filter of a group whose writes take <see cref="OperationHeaders"/>.</summary>
static class WriteHeadersFilter
{
    /// <summary>Refuses a call with malformed write headers before its endpoint runs; other endpoints are left alone.</summary>
    public static TBuilder CheckWriteHeaders<TBuilder>(this TBuilder group)
        where TBuilder : IEndpointConventionBuilder =>
        group.AddEndpointFilterFactory(
            (endpoint, next) =>
            {
                var parameters = endpoint.MethodInfo.GetParameters();
                var index = Array.FindIndex(parameters, p => p.ParameterType.IsAssignableTo(typeof(OperationHeaders)));
                if (index < 0)
                    return next;
                return call =>
                {
                    var fields = Fields.Of(call.HttpContext);
                    call.GetArgument<OperationHeaders>(index).Check(fields);
                    return fields.AreValid ? next(call) : ValueTask.FromResult<object?>(fields.Problem(call.HttpContext));
                };
            }
        );
}
