using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace GridActors.Storage.Vault;

/// <summary>
/// Seals and opens personal data. Each subject has a key of its own, which a data key of the pack wraps, and that the master key. The keys
/// of packs are in memory; a pack's first ones are made when they are first needed, by whichever process needs them first.
/// </summary>
public sealed class Vault(NpgsqlDataSource source, MasterKeys masters)
{
    const int UseLength = 64;

    readonly Lock _reading = new();
    volatile ImmutableDictionary<string, PackKeys> _packs = ImmutableDictionary<string, PackKeys>.Empty;

    /// <summary>Whether the database has keys, so that it needs the master key which wraps them.</summary>
    public static bool HasKeys(NpgsqlDataSource source) => VaultTable.Read(source).Count > 0;

    /// <summary>
    /// Reads the keys that other processes have made. Keys that were destroyed in the database stay in memory, because what was read before
    /// is opened after it.
    /// </summary>
    /// <exception cref="VaultException">A master key is missing or is the wrong one.</exception>
    public void Refresh()
    {
        lock (_reading)
            Add(VaultTable.Read(source));
    }

    internal void Add(IEnumerable<WrappedKeys> rows) => _packs = rows.Aggregate(_packs, With);

    /// <summary>Makes the key of a new subject. The caller stores it in the transaction of the subject's first event.</summary>
    /// <exception cref="VaultException">No master key was named.</exception>
    public SubjectKey NewKey(string pack, Guid subject)
    {
        var secret = RandomNumberGenerator.GetBytes(Sealing.KeyLength);
        var key = KeysOf(pack).Wrap(subject, secret);
        key.Secret = new(secret, keepsCipher: false);
        return key;
    }

    /// <param name="use">Where the value is kept: it can't be opened for another use, or as another subject's.</param>
    public byte[] Seal(SubjectKey key, string use, ReadOnlySpan<byte> clear)
    {
        Span<byte> additional = stackalloc byte[UseLength];
        return SecretOf(key).Seal(clear, Additional(additional, use, key.Subject));
    }

    /// <param name="key">Null when the subject was erased.</param>
    /// <returns>Null when the subject was erased.</returns>
    /// <exception cref="CryptographicException">
    /// It was changed, or it is another subject's, or it was sealed for another use.
    /// </exception>
    public byte[]? Open(SubjectKey? key, string use, ReadOnlySpan<byte> sealedValue)
    {
        if (key is null)
            return null;
        Span<byte> additional = stackalloc byte[UseLength];
        return SecretOf(key).Open(sealedValue, Additional(additional, use, key.Subject));
    }

    /// <summary>What is found by whom it names is found by these.</summary>
    /// <exception cref="VaultException">No master key was named.</exception>
    public SearchTokens Tokens(string pack) => KeysOf(pack).Tokens;

    /// <summary>The same key, wrapped by the pack's newest data key.</summary>
    internal SubjectKey Rewrap(SubjectKey key) => KeysOf(key).Wrap(key.Subject, SecretOf(key).Bytes);

    CipherKey SecretOf(SubjectKey key) => key.Secret ??= new(KeysOf(key).Unwrap(key), key.IsRemembered);

    static ReadOnlySpan<byte> Additional(Span<byte> buffer, string use, Guid subject)
    {
        subject.TryWriteBytes(buffer);
        return buffer[..(16 + Encoding.UTF8.GetBytes(use, buffer[16..]))];
    }

    PackKeys KeysOf(string pack)
    {
        if (_packs.TryGetValue(pack, out var keys))
            return keys;
        lock (_reading)
        {
            if (!_packs.ContainsKey(pack))
            {
                VaultTable.AddFirst(source, pack, masters);
                Refresh();
            }
            return _packs[pack];
        }
    }

    /// <summary>The keys of a pack, with the data key that a subject's key is wrapped with.</summary>
    PackKeys KeysOf(SubjectKey key)
    {
        if (_packs.TryGetValue(key.Pack, out var keys) && keys.Versions.ContainsKey(key.DataKeyVersion))
            return keys;
        // Another process has just made it.
        Refresh();
        if (_packs.TryGetValue(key.Pack, out keys) && keys.Versions.ContainsKey(key.DataKeyVersion))
            return keys;
        throw new VaultException(
            $"The database has no version {key.DataKeyVersion} of the keys of pack {key.Pack}: restore table vault_key from a back-up."
        );
    }

    ImmutableDictionary<string, PackKeys> With(ImmutableDictionary<string, PackKeys> packs, WrappedKeys row)
    {
        var keys = packs.GetValueOrDefault(row.Pack);
        if (keys?.Versions.ContainsKey(row.Version) == true)
            return packs;
        var (data, search) = row.Unwrap(masters.Get(row.Master));
        keys ??= new(row.Pack, ImmutableSortedDictionary<int, CipherKey>.Empty, new(search));
        return packs.SetItem(row.Pack, keys.With(row.Version, new(data, keepsCipher: true)));
    }
}
