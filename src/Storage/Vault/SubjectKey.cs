namespace GridActors.Storage.Vault;

/// <summary>The key of a household, a resident or a place, as <c>subject_key</c> has it: wrapped by a data key of the pack.</summary>
public sealed record SubjectKey(Guid Subject, string Pack, int DataKeyVersion, byte[] Wrapped)
{
    SubjectKey(SubjectKey other) =>
        (Subject, Pack, DataKeyVersion, Wrapped) = (other.Subject, other.Pack, other.DataKeyVersion, other.Wrapped);

    /// <summary>
    /// The key itself, once it was needed: whoever keeps this one to open several values unwraps it once. A changed copy doesn't have it.
    /// </summary>
    internal CipherKey? Secret { get; set; }

    /// <summary>Whether it is in a memory of keys that are used again and again, and so is worth the memory of a cipher.</summary>
    internal bool IsRemembered { get; init; }
}

/// <summary>An entry of the journal whose events are the first of a subject: the key is stored in the transaction of the events.</summary>
public interface IHasNewKeys
{
    IReadOnlyList<SubjectKey> NewKeys { get; }
}

/// <summary>An entry of the journal that erases subjects: from then on nobody can open what was sealed with their keys.</summary>
public interface IErasesSubjects
{
    IReadOnlyList<Guid> Erased { get; }
}
