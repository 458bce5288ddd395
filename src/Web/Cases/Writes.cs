using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Cases;

/// <summary>What the headers of a write say: which operation it is, and which version it insists on.</summary>
readonly record struct Write(Guid Operation, int? IfVersion)
{
    const string IdempotencyKey = "Idempotency-Key";

    public static Write Of(HttpContext context, Caller caller, Fields fields)
    {
        var headers = context.Request.Headers;
        Guid operation;
        if (headers.TryGetValue(IdempotencyKey, out var keys))
        {
            var key = keys.ToString();
            if (key.Length is 0 or > 128 || !key.All(c => c is > ' ' and <= '~')) fields.Wrong(IdempotencyKey, "应为 1 至 128 个可见 ASCII 字符", "must be 1 to 128 visible ASCII characters");
            operation = Derive(caller.Id.Key, key);
        }
        else
        {
            operation = Guid.CreateVersion7();
        }

        int? version = null;
        if (headers.IfMatch is [{ } match, ..] && match != "*")
        {
            if (int.TryParse(match.AsSpan().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) version = seen;
            else fields.Wrong("If-Match", "不是事项的 ETag", "is no ETag of a case");
        }
        return new(operation, version);
    }

    /// <summary>The same caller and key always mean the same operation; for a report, also the same case.</summary>
    static Guid Derive(string caller, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{key}"), hash);
        return new(hash[..16]);
    }
}
