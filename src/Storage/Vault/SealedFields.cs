using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridActors.Domain.Households;

namespace GridActors.Storage.Vault;

/// <summary>The fields of a subject as one sealed value: nothing of them is left clear by mistake.</summary>
static class SealedFields
{
    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="use">Where the value stands: it can't be opened elsewhere.</param>
    public static byte[] SealFields(this Vault vault, SubjectKey key, string use, ImmutableSortedDictionary<string, string> fields) =>
        vault.Seal(key, use, JsonSerializer.SerializeToUtf8Bytes(fields, Json));

    /// <returns>No fields when the key was destroyed.</returns>
    public static ImmutableSortedDictionary<string, string> OpenFields(this Vault vault, SubjectKey? key, string use, byte[]? value)
    {
        if (value is not { Length: > 0 } || vault.Open(key, use, value) is not { } clear)
            return Facts.None;
        return JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(clear, Json) ?? Facts.None;
    }
}
