using System.Globalization;
using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Cases;

/// <summary>What the headers of a write say: which key makes its repeats one operation, and which version it insists on.</summary>
readonly record struct Write(string Caller, string? Key, int? IfVersion)
{
    const string IdempotencyKey = "Idempotency-Key";

    public static Write Of(HttpContext context, Caller caller, Fields fields)
    {
        var headers = context.Request.Headers;
        string? key = null;
        if (headers.TryGetValue(IdempotencyKey, out var keys))
        {
            key = keys.ToString();
            if (key.Length is 0 or > 128 || !key.All(c => c is > ' ' and <= '~')) fields.Wrong(IdempotencyKey, "应为 1 至 128 个可见 ASCII 字符", "must be 1 to 128 visible ASCII characters");
        }

        int? version = null;
        if (headers.IfMatch is [{ } match, ..] && match != "*")
        {
            if (int.TryParse(match.AsSpan().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) version = seen;
            else fields.Wrong("If-Match", "不是事项的 ETag", "is no ETag of a case");
        }
        return new(caller.Id.Key, key, version);
    }

    /// <summary>The command as the operation it is: a repeat with the same key and content is the same, without a key there is no repeat.</summary>
    public CaseCommand Operation(CaseCommand command)
    {
        // Two steps can say the same words: which step it is belongs to what was asked.
        var operation = Key is null ? Guid.NewGuid() : OperationIds.Of(Caller, Key, JsonSerializer.SerializeToUtf8Bytes(new { command.GetType().Name, Command = (object)command }));
        return command with { Operation = operation, IfVersion = IfVersion };
    }

    /// <summary>The id of what is created.</summary>
    public Guid Created() => Key is null ? Guid.CreateVersion7() : OperationIds.OfCreated(Caller, Key);
}
