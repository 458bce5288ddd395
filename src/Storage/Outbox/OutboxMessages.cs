using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Storage.Outbox;

/// <summary>A message as <c>outbox</c> holds it when it is written.</summary>
/// <param name="WaitSeconds">How long it waits for others that will be sent together with it.</param>
public sealed record NewMessage(
    Guid Id,
    string Pack,
    string Target,
    Guid Case,
    string Kind,
    string Body,
    DateTimeOffset At,
    int WaitSeconds = 0
);

/// <summary>
/// What other systems are told of a case (docs/webhooks.md). It says what has to be done and where, and names no person: neither who
/// reported it nor who has it.
/// </summary>
public static class OutboxMessages
{
    public const string Forwarded = "case.forwarded";
    public const string Withdrawn = "case.withdrawn";
    const string IdPrefix = "msg_";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    sealed record Envelope<T>(string Type, DateTimeOffset Timestamp, T Data);

    sealed record Named(string Code, string Name);

    sealed record ForwardedData(
        string Case,
        string Message,
        string Number,
        Named Category,
        Named Area,
        IReadOnlyList<string> Place,
        Position? Position,
        string Title,
        string Detail,
        string Reason,
        DateTimeOffset ReportedAt,
        DateTimeOffset? AnswerBy
    );

    sealed record WithdrawnData(string Case, string Message, string Number);

    /// <summary>The id of a message as receivers see it, in <c>webhook-id</c> and in answers.</summary>
    public static string IdOf(Guid message) => IdPrefix + message.ToString("N");

    /// <returns>Null when the text is no id of a message.</returns>
    public static Guid? Parse(string? id) =>
        id is not null
        && id.StartsWith(IdPrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(id[IdPrefix.Length..], "N", out var message)
            ? message
            : null;

    /// <summary>What a step makes to be told, in the order in which it is to be told. Almost every step makes nothing.</summary>
    public static IEnumerable<NewMessage> Of(CaseView? before, CaseView now, LoadedPack pack)
    {
        foreach (var forward in now.Forwards)
        {
            var earlier = before?.Forwards.FirstOrDefault(f => f.Message == forward.Message);
            if (earlier is null)
                yield return Of(forward.Message, Forwarded, now, forward, pack, DataOf(now, forward, pack));
            if (earlier is not { EndedAt: not null } && forward.State == ForwardState.Withdrawn)
            {
                // It follows from the handover that it ends, which ends once.
                var id = OperationIds.OfCreated(forward.Message.ToString("N"), Withdrawn);
                yield return Of(
                    id,
                    Withdrawn,
                    now,
                    forward,
                    pack,
                    new WithdrawnData(now.Id.ToString("N"), IdOf(forward.Message), now.Number)
                );
            }
        }
    }

    static NewMessage Of<T>(Guid id, string kind, CaseView now, CaseForward forward, LoadedPack pack, T data) =>
        new(
            id,
            pack.Pack.Id,
            forward.System,
            now.Id,
            kind,
            JsonSerializer.Serialize(new Envelope<T>(kind, now.UpdatedAt, data), Json),
            now.UpdatedAt
        );

    static ForwardedData DataOf(CaseView now, CaseForward forward, LoadedPack pack)
    {
        var area = pack.Areas.GetValueOrDefault(now.Area.Code);
        return new(
            now.Id.ToString("N"),
            IdOf(forward.Message),
            now.Number,
            new(now.Category, pack.CategoryOf(now.Category)?.Name ?? now.Category),
            new(now.Area.Code, area?.Name ?? now.Area.Code),
            area is null ? [] : [.. area.Upwards().Reverse().Select(a => a.Name)],
            now.Position,
            now.Title,
            now.Detail,
            forward.Reason,
            now.ReportedAt,
            forward.DueAt
        );
    }
}
