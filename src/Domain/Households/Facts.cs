using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Households;

namespace GridActors.Domain.Households;

/// <summary>
/// Facts about one subject: a household, a resident or a place. In memory they are clear; in the journal they stand sealed with the
/// subject's key, and can't be read any more when that key was destroyed.
/// </summary>
/// <param name="Subject">Whose key seals them.</param>
/// <param name="Sealed">Null while they are in memory only.</param>
public sealed record Facts(Guid Subject, byte[]? Sealed = null)
{
    public static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>By the id of the field. Empty when they can't be read.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<string, string> Clear { get; init; } = None;

    public static Facts Of(Guid subject, ImmutableSortedDictionary<string, string> fields) => new(subject) { Clear = fields };

    /// <summary>A sentence that somebody wrote about the subject, such as a reason: it may name people, too.</summary>
    public static Facts OfText(Guid subject, string text) => Of(subject, None.Add(TextKey, text));

    [JsonIgnore]
    public string Text => Clear.GetValueOrDefault(TextKey, "");

    const string TextKey = "text";

    /// <summary>What really changes, so that a repeated correction leaves no trace of a change.</summary>
    public static (Facts Facts, ImmutableArray<string> Removed) Difference(
        Guid subject,
        ImmutableSortedDictionary<string, string> fields,
        FieldChanges changes
    )
    {
        var changed = None;
        var removed = ImmutableArray.CreateBuilder<string>();
        foreach (var (id, value) in changes.Values)
            if (string.IsNullOrEmpty(value) && fields.ContainsKey(id))
                removed.Add(id);
            else if (!string.IsNullOrEmpty(value) && fields.GetValueOrDefault(id) != value)
                changed = changed.Add(id, value);
        return (Of(subject, changed), removed.ToImmutable());
    }
}
