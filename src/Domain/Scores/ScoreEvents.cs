using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Scores;

namespace GridActors.Domain.Scores;

/// <summary>
/// Something that happened to a worker's month. Its time, person and operation are in the journal's row. A kind names one shape: a changed
/// shape gets a new kind, and the old kind stays readable. Words are sealed with the key of the month.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(ScoreClosed), "score.closed/1")]
[JsonDerivedType(typeof(ScoreCorrected), "score.corrected/1")]
[JsonDerivedType(typeof(ScoreAppealed), "score.appealed/1")]
[JsonDerivedType(typeof(AppealRaised), "score.appeal-raised/1")]
[JsonDerivedType(typeof(AppealDecided), "score.appeal-decided/1")]
public abstract record ScoreEvent
{
    /// <summary>The event with its words replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual ScoreEvent Map(Func<SealedWords, SealedWords> replace) => this;
}

public sealed record ScoreClosed(SettledScore Score) : ScoreEvent;

/// <summary>More became known after the month was closed.</summary>
public sealed record ScoreCorrected(SettledScore Score) : ScoreEvent;

/// <param name="DueAt">Until when it must be decided.</param>
public sealed record ScoreAppealed(Guid Appeal, string Item, SealedWords Words, DateTimeOffset DueAt) : ScoreEvent
{
    public override ScoreEvent Map(Func<SealedWords, SealedWords> replace) => this with { Words = replace(Words) };
}

/// <param name="DueAt">Until when the second instance must decide.</param>
public sealed record AppealRaised(Guid Appeal, SealedWords Words, DateTimeOffset DueAt) : ScoreEvent
{
    public override ScoreEvent Map(Func<SealedWords, SealedWords> replace) => this with { Words = replace(Words) };
}

/// <param name="Area">Where the post stands by which it was decided.</param>
/// <param name="From">The line's points before.</param>
/// <param name="To">The line's points after. The difference stays when the line is corrected later.</param>
public sealed record AppealDecided(Guid Appeal, AppealStatus Outcome, AreaId Area, decimal From, decimal To, SealedWords Words) : ScoreEvent
{
    public override ScoreEvent Map(Func<SealedWords, SealedWords> replace) => this with { Words = replace(Words) };
}

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record ScoreUnknown(string Kind) : ScoreEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class ScoreEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(ScoreEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With its words sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(ScoreEvent e) => (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    /// <returns>The event with its words sealed.</returns>
    public static ScoreEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new ScoreUnknown(kind);
        return (ScoreEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }

    /// <summary>A settled score as its row keeps it.</summary>
    public static string Write(SettledScore score) => JsonSerializer.Serialize(score, Options);

    public static SettledScore ReadSettled(string data) =>
        JsonSerializer.Deserialize<SettledScore>(data, Options) ?? throw new JsonException("A settled score is null.");
}
