using System.Security.Cryptography;
using GridActors.Storage.Vault;
using Npgsql;
using KeyVault = GridActors.Storage.Vault.Vault;

namespace GridActors.Decisions.Tests.Vault;

public sealed class SealedTests
{
    static readonly byte[] Clear = "{\"name\":\"张三丰\"}"u8.ToArray();

    readonly MasterKey _master = MasterKey.Parse(MasterKey.Generate())!;
    readonly Guid _subject = Guid.NewGuid();

    [Fact]
    public void What_is_sealed_opens_again()
    {
        var vault = Open(Keys("qinghe", 1));
        var key = vault.NewKey("qinghe", _subject);

        Assert.Equal(Clear, vault.Open(key, "resident", vault.Seal(key, "resident", Clear)));
        Assert.Empty(vault.Open(key, "resident", vault.Seal(key, "resident", []))!);
    }

    [Fact]
    public void The_same_value_is_never_sealed_alike()
    {
        var vault = Open(Keys("qinghe", 1));
        var key = vault.NewKey("qinghe", _subject);

        Assert.NotEqual(vault.Seal(key, "resident", Clear), vault.Seal(key, "resident", Clear));
        Assert.NotEqual(key.Wrapped, vault.NewKey("qinghe", _subject).Wrapped);
    }

    [Fact]
    public void A_value_with_any_byte_changed_does_not_open()
    {
        var vault = Open(Keys("qinghe", 1));
        var key = vault.NewKey("qinghe", _subject);
        var value = vault.Seal(key, "resident", Clear);

        foreach (var changed in Changes(value))
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(key, "resident", changed));
        foreach (var changed in Changes(key.Wrapped))
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(key with { Wrapped = changed }, "resident", value));
    }

    [Fact]
    public void A_value_that_is_cut_off_or_longer_does_not_open()
    {
        var vault = Open(Keys("qinghe", 1));
        var key = vault.NewKey("qinghe", _subject);
        var value = vault.Seal(key, "resident", Clear);

        for (var length = 0; length < value.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => vault.Open(key, "resident", value.AsSpan(0, length)));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(key, "resident", [.. value, 0]));
    }

    [Fact]
    public void A_value_opens_for_its_own_subject_and_use_only()
    {
        var vault = Open(Keys("qinghe", 1), Keys("baihe", 1));
        var key = vault.NewKey("qinghe", _subject);
        var value = vault.Seal(key, "resident", Clear);

        Assert.ThrowsAny<CryptographicException>(() => vault.Open(key, "event", value));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(vault.NewKey("qinghe", Guid.NewGuid()), "resident", value));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(key with { Subject = Guid.NewGuid() }, "resident", value));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(key with { Pack = "baihe" }, "resident", value));
    }

    [Fact]
    public void A_value_of_an_erased_subject_is_nothing()
    {
        var vault = Open(Keys("qinghe", 1));
        var value = vault.Seal(vault.NewKey("qinghe", _subject), "resident", Clear);

        Assert.Null(vault.Open(null, "resident", value));
    }

    [Fact]
    public void Keys_of_before_open_after_a_new_data_key_and_are_wrapped_with_it()
    {
        var first = Keys("qinghe", 1);
        var vault = Open(first);
        var old = vault.NewKey("qinghe", _subject);
        var value = vault.Seal(old, "resident", Clear);
        var tokens = vault.Tokens("qinghe").OfName("张三丰");

        vault.Add([WrappedKeys.New("qinghe", 2, _master, first.Unwrap(_master).Search)]);
        var rewrapped = vault.Rewrap(old);

        Assert.Equal(Clear, vault.Open(old, "resident", value));
        Assert.Equal((1, 2), (old.DataKeyVersion, rewrapped.DataKeyVersion));
        Assert.Equal(Clear, vault.Open(rewrapped, "resident", value));
        Assert.Equal(2, vault.NewKey("qinghe", Guid.NewGuid()).DataKeyVersion);
        Assert.Equal(tokens, vault.Tokens("qinghe").OfName("张三丰"));
        // A data key can't be passed off as another one.
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(old with { DataKeyVersion = 2 }, "resident", value));
    }

    [Fact]
    public void A_wrong_or_missing_master_key_is_refused_in_a_sentence()
    {
        var row = Keys("qinghe", 1);
        var other = MasterKey.Parse(MasterKey.Generate())!;

        var wrong = Assert.Throws<VaultException>(() => Vault(new(other, [])).Add([row]));
        var missing = Assert.Throws<VaultException>(() => Vault(new(null, [])).Add([row]));

        Assert.Equal(
            $"The master key is the wrong one: the database needs the one with id {_master.Id}, and {other.Id} was given "
                + "(Vault:KeyFile or GRIDACTORS_MASTER_KEY).",
            wrong.Message
        );
        Assert.StartsWith("The master key is missing: ", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_keys_that_was_changed_is_refused()
    {
        var row = Keys("qinghe", 1);

        foreach (var changed in Changes(row.DataKey))
            Assert.Throws<VaultException>(() => Open(row with { DataKey = changed }));
        Assert.Throws<VaultException>(() => Open(row with { Pack = "baihe" }));
        Assert.Throws<VaultException>(() => Open(row with { Version = 2 }));
        Assert.Throws<VaultException>(() => Open(row with { DataKey = row.SearchKey }));
    }

    [Fact]
    public void Keys_wrapped_by_either_master_key_open_during_a_rotation()
    {
        var next = MasterKey.Parse(MasterKey.Generate())!;
        var row = Keys("qinghe", 1);
        var before = Open(row);
        var key = before.NewKey("qinghe", _subject);
        var value = before.Seal(key, "resident", Clear);

        var after = Vault(new(next, [_master]));
        after.Add([row.By(next, _master), Keys("baihe", 1)]);

        Assert.Equal(Clear, after.Open(key, "resident", value));
        Assert.Equal(before.Tokens("qinghe").OfName("张三丰"), after.Tokens("qinghe").OfName("张三丰"));
        Assert.Equal("baihe", after.NewKey("baihe", Guid.NewGuid()).Pack);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_not_32_bytes_in_Base64_is_no_master_key(string written) => Assert.Null(MasterKey.Parse(written));

    KeyVault Open(params WrappedKeys[] rows)
    {
        var vault = Vault(new(_master, []));
        vault.Add(rows);
        return vault;
    }

    /// <summary>One that has its keys already, and so asks no database.</summary>
    static KeyVault Vault(MasterKeys masters) => new(NpgsqlDataSource.Create("Host=none.invalid"), masters);

    WrappedKeys Keys(string pack, int version) => WrappedKeys.New(pack, version, _master, RandomNumberGenerator.GetBytes(32));

    static IEnumerable<byte[]> Changes(byte[] value) =>
        Enumerable
            .Range(0, value.Length)
            .Select(i =>
            {
                var changed = (byte[])value.Clone();
                changed[i] ^= 1;
                return changed;
            });
}
