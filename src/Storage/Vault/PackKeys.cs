using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace GridActors.Storage.Vault;

/// <summary>A row of <c>vault_key</c>.</summary>
/// <param name="Master">The id of the master key that wraps both keys.</param>
sealed record WrappedKeys(string Pack, int Version, string Master, byte[] DataKey, byte[] SearchKey)
{
    /// <summary>A new data key. A pack's search key is made with its first data key and stays.</summary>
    public static WrappedKeys New(string pack, int version, MasterKey master, byte[] searchKey)
    {
        var dataKey = RandomNumberGenerator.GetBytes(Sealing.KeyLength);
        return new(pack, version, master.Id, master.Wrap(dataKey, DataUse(pack, version)), master.Wrap(searchKey, SearchUse(pack)));
    }

    /// <exception cref="VaultException">The master key has the right id, but doesn't open the row: somebody changed it.</exception>
    public (byte[] Data, byte[] Search) Unwrap(MasterKey master)
    {
        try
        {
            return (master.Unwrap(DataKey, DataUse(Pack, Version)), master.Unwrap(SearchKey, SearchUse(Pack)));
        }
        catch (CryptographicException)
        {
            throw new VaultException(
                $"Version {Version} of the keys of pack {Pack} was changed in the database: restore table vault_key from a back-up."
            );
        }
    }

    /// <summary>The same keys, wrapped by another master key.</summary>
    public WrappedKeys By(MasterKey master, MasterKey before)
    {
        var (data, search) = Unwrap(before);
        return this with
        {
            Master = master.Id,
            DataKey = master.Wrap(data, DataUse(Pack, Version)),
            SearchKey = master.Wrap(search, SearchUse(Pack)),
        };
    }

    static string DataUse(string pack, int version) => $"data-key/{pack}/{version}";

    static string SearchUse(string pack) => $"search-key/{pack}";
}

/// <summary>The keys of a pack as a process uses them.</summary>
/// <param name="Versions">The data keys by their versions.</param>
sealed record PackKeys(string Pack, ImmutableSortedDictionary<int, CipherKey> Versions, SearchTokens Tokens)
{
    const int UseLength = 16 + sizeof(int);

    readonly byte[] _use = Encoding.UTF8.GetBytes($"subject-key/{Pack}/");
    readonly int _newest = Versions.Keys.LastOrDefault();

    public PackKeys With(int version, CipherKey key) => new(Pack, Versions.SetItem(version, key), Tokens);

    /// <summary>Wraps the key of a subject with the newest data key.</summary>
    public SubjectKey Wrap(Guid subject, ReadOnlySpan<byte> key) =>
        new(subject, Pack, _newest, Versions[_newest].Seal(key, Use(_newest, subject, stackalloc byte[_use.Length + UseLength])));

    /// <exception cref="CryptographicException">It was changed, or is the key of another subject.</exception>
    public byte[] Unwrap(SubjectKey key) =>
        Versions[key.DataKeyVersion].Open(key.Wrapped, Use(key.DataKeyVersion, key.Subject, stackalloc byte[_use.Length + UseLength]));

    /// <summary>Whose key it is and which data key wraps it, so that it can't be taken for another one.</summary>
    ReadOnlySpan<byte> Use(int version, Guid subject, Span<byte> buffer)
    {
        _use.CopyTo(buffer);
        BinaryPrimitives.WriteInt32BigEndian(buffer[_use.Length..], version);
        subject.TryWriteBytes(buffer[(_use.Length + sizeof(int))..]);
        return buffer;
    }
}
