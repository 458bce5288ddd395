using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GridActors.Domain.Cases;

/// <summary>Events as the journal keeps them. Every kind ever written stays here; each has a golden file in tests/Decisions.</summary>
public static class CaseEventJson
{
    public static (string Kind, string Data) Write(CaseEvent e) => e switch
    {
        CaseReported x => (CaseKinds.Reported, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseReported)),
        CaseClaimed x => (CaseKinds.Claimed, "{}"),
        CaseReleased x => (CaseKinds.Released, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseReleased)),
        CaseHandedOver x => (CaseKinds.HandedOver, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseHandedOver)),
        CaseReachedOnSite => (CaseKinds.OnSite, "{}"),
        CaseProgressed x => (CaseKinds.Progressed, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseProgressed)),
        CaseResolved x => (CaseKinds.Resolved, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseResolved)),
        CaseExplained x => (CaseKinds.Explained, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseExplained)),
        CaseTransferred x => (CaseKinds.Transferred, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseTransferred)),
        CaseCommented x => (CaseKinds.Commented, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseCommented)),
        CaseClosed x => (CaseKinds.Closed, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseClosed)),
        CaseReopened x => (CaseKinds.Reopened, JsonSerializer.Serialize(x, CaseEventContext.Chinese.CaseReopened)),
        _ => throw new NotSupportedException($"No kind is given to {e.GetType().Name}."),
    };

    /// <exception cref="NotSupportedException">A kind this version doesn't know: the stream was written by a later one.</exception>
    public static CaseEvent Read(string kind, string data) => kind switch
    {
        CaseKinds.Reported => Parse(data, CaseEventContext.Chinese.CaseReported),
        CaseKinds.Claimed => new CaseClaimed(),
        CaseKinds.Released => Parse(data, CaseEventContext.Chinese.CaseReleased),
        CaseKinds.HandedOver => Parse(data, CaseEventContext.Chinese.CaseHandedOver),
        CaseKinds.OnSite => new CaseReachedOnSite(),
        CaseKinds.Progressed => Parse(data, CaseEventContext.Chinese.CaseProgressed),
        CaseKinds.Resolved => Parse(data, CaseEventContext.Chinese.CaseResolved),
        CaseKinds.Explained => Parse(data, CaseEventContext.Chinese.CaseExplained),
        CaseKinds.Transferred => Parse(data, CaseEventContext.Chinese.CaseTransferred),
        CaseKinds.Commented => Parse(data, CaseEventContext.Chinese.CaseCommented),
        CaseKinds.Closed => Parse(data, CaseEventContext.Chinese.CaseClosed),
        CaseKinds.Reopened => Parse(data, CaseEventContext.Chinese.CaseReopened),
        _ => throw new NotSupportedException($"The journal holds the event kind {kind}, which this version of the service doesn't know."),
    };

    static T Parse<T>(string data, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(data, type) ?? throw new JsonException("An event is null.");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CaseReported))]
[JsonSerializable(typeof(CaseReleased))]
[JsonSerializable(typeof(CaseHandedOver))]
[JsonSerializable(typeof(CaseProgressed))]
[JsonSerializable(typeof(CaseResolved))]
[JsonSerializable(typeof(CaseExplained))]
[JsonSerializable(typeof(CaseTransferred))]
[JsonSerializable(typeof(CaseCommented))]
[JsonSerializable(typeof(CaseClosed))]
[JsonSerializable(typeof(CaseReopened))]
sealed partial class CaseEventContext : JsonSerializerContext
{
    /// <summary>Chinese stays readable in the journal instead of becoming \u escapes.</summary>
    public static CaseEventContext Chinese { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
