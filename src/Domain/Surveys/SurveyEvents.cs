using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;

namespace GridActors.Domain.Surveys;

/// <summary>
/// Something that happened to a survey or to an answer sheet. Its time, person and operation are in the journal's row. A kind names one
/// shape: a changed shape gets a new kind, and the old kind stays readable.
/// </summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(SurveyDrafted), "survey.drafted/1")]
[JsonDerivedType(typeof(SurveyPublished), "survey.published/1")]
[JsonDerivedType(typeof(SurveyClosed), "survey.closed/1")]
[JsonDerivedType(typeof(SheetFilled), "sheet.filled/1")]
[JsonDerivedType(typeof(SheetCorrected), "sheet.corrected/1")]
[JsonDerivedType(typeof(SheetRefused), "sheet.refused/1")]
public abstract record SurveyEvent
{
    /// <summary>The event with its facts replaced: sealed before it is stored, opened after it was read.</summary>
    public virtual SurveyEvent Map(Func<Facts, Facts> replace) => this;
}

/// <param name="Area">Of a new survey; null afterwards.</param>
public sealed record SurveyDrafted(AreaId? Area, SurveyDefinition Definition) : SurveyEvent;

/// <summary>An edition, which stays as it is from now on.</summary>
/// <param name="Area">Of a survey that begins with it; null afterwards.</param>
public sealed record SurveyPublished(AreaId? Area, SurveyDefinition Definition) : SurveyEvent;

public sealed record SurveyClosed(string Reason) : SurveyEvent;

/// <summary>Where and by whom a sheet is answered.</summary>
public sealed record SheetPlace(Guid Survey, Guid Subject, Guid Household, AreaId Area);

/// <param name="Edition">Which of the survey's editions was asked, from 1.</param>
/// <param name="Facts">The answers.</param>
public sealed record SheetFilled(SheetPlace Place, int Edition, Facts Facts) : SurveyEvent
{
    public override SurveyEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

/// <summary>The answers are others than those that were given before.</summary>
/// <param name="Facts">All answers as they are now.</param>
public sealed record SheetCorrected(int Edition, Facts Facts) : SurveyEvent
{
    public override SurveyEvent Map(Func<Facts, Facts> replace) => this with { Facts = replace(Facts) };
}

public sealed record SheetRefused(SheetPlace Place, int Edition, Facts Reason) : SurveyEvent
{
    public override SurveyEvent Map(Func<Facts, Facts> replace) => this with { Reason = replace(Reason) };
}

/// <summary>A kind that only a later version knows. It is never written.</summary>
public sealed record SurveyUnknown(string Kind) : SurveyEvent;

/// <summary>Events as the journal keeps them: the kind in a column of its own, the data without it.</summary>
public static class SurveyEventJson
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    static readonly FrozenDictionary<string, Type> Types = typeof(SurveyEvent)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType);

    static readonly FrozenDictionary<Type, string> Kinds = Types.ToFrozenDictionary(t => t.Value, t => t.Key);

    /// <summary>Every kind ever written.</summary>
    public static IReadOnlyCollection<string> AllKinds => Types.Keys;

    /// <param name="e">With its facts sealed: clear ones aren't written.</param>
    public static (string Kind, string Data) Write(SurveyEvent e) =>
        (Kinds[e.GetType()], JsonSerializer.Serialize(e, e.GetType(), Options));

    public static SurveyEvent Read(string kind, string data)
    {
        if (!Types.TryGetValue(kind, out var type))
            return new SurveyUnknown(kind);
        return (SurveyEvent?)JsonSerializer.Deserialize(data, type, Options)
            ?? throw new JsonException($"An event of the kind {kind} is null.");
    }

    /// <summary>A survey as its row keeps it.</summary>
    public static string Write(SurveyView view) => JsonSerializer.Serialize(view, Options);

    public static string Write(SurveyDefinition definition) => JsonSerializer.Serialize(definition, Options);

    public static SurveyView ReadView(string data) =>
        JsonSerializer.Deserialize<SurveyView>(data, Options) ?? throw new JsonException("A survey is null.");

    /// <summary>Definitions are the same when they are written alike.</summary>
    public static bool AreSame(SurveyDefinition? a, SurveyDefinition? b) => a is not null && b is not null && Write(a) == Write(b);
}
