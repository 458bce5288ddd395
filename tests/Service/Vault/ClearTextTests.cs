using System.Text;
using GridActors.Postgres;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using KeyVault = GridActors.Storage.Vault.Vault;

namespace GridActors.Service.Tests.Vault;

/// <summary>What is sealed isn't in the clear anywhere, and the search that says so finds what is.</summary>
public sealed class ClearTextTests : IDisposable
{
    const string Sealed = "欧阳若兰";
    const string SealedPhone = "13800135678";
    const string Clear = "诸葛孔明";

    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-clear-").FullName;
    readonly string _work = Directory.CreateTempSubdirectory("gridactors-clear-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_work, recursive: true);
    }

    [Fact]
    public async Task What_is_sealed_is_in_no_file_log_or_back_up_and_what_is_not_is_found()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "postgres.local.conf"), ClearText.Settings);
        await using var server = await PrivatePostgres.Start(new() { DataFolder = _folder }, NullLogger.Instance);
        await using var data = NpgsqlDataSource.Create(server.ConnectionString);
        await Migrations.Apply(data, CancellationToken.None);
        await Write(data);

        var found = await ClearText.InPrivateDatabase(_folder, _work, [Sealed, SealedPhone, Clear], CancellationToken.None);

        Assert.DoesNotContain(
            found,
            f => f.Contains(Sealed, StringComparison.Ordinal) || f.Contains(SealedPhone, StringComparison.Ordinal)
        );
        Assert.Contains(found, f => f.StartsWith("base/", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("pg_wal/", StringComparison.Ordinal));
        Assert.Contains($"dump.sql: {Clear} (UTF-8)", found);
        Assert.Contains(found, f => f.StartsWith("copy/base/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16")]
    [InlineData("Base64")]
    [InlineData("Base64 of UTF-16")]
    [InlineData("hexadecimal")]
    [InlineData("JSON")]
    public async Task A_text_is_found_however_it_is_written(string way)
    {
        for (var before = 0; before < 3; before++)
        {
            // It lies across the border of two blocks.
            var text = $"{new string('x', before)}{Clear}…";
            byte[] written = way switch
            {
                "UTF-8" => Encoding.UTF8.GetBytes(text),
                "UTF-16" => Encoding.BigEndianUnicode.GetBytes(text),
                "Base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
                "Base64 of UTF-16" => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.Unicode.GetBytes(text))),
                "hexadecimal" => Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(text))),
                _ => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text),
            };
            await File.WriteAllBytesAsync(Path.Combine(_work, "file"), [.. new byte[(1 << 20) - 9], .. written, .. new byte[99]]);

            Assert.Equal([$"file: {Clear} ({way})"], ClearText.In(_work, [Clear, Sealed]));
        }
    }

    /// <summary>A sealed subject and a clear one in the journal, and rows beside them as read tables have them.</summary>
    static async Task Write(NpgsqlDataSource data)
    {
        var vault = new KeyVault(data, new(MasterKey.Parse(MasterKey.Generate()), []));
        var subject = Guid.NewGuid();
        var key = vault.NewKey("qinghe", subject);
        var fields = Encoding.UTF8.GetBytes($$"""{"name":"{{Sealed}}","phone":"{{SealedPhone}}"}""");
        var tokens = vault.Tokens("qinghe");
        await using var connection = await data.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("create table person_row (id uuid, fields bytea, name_tokens integer[], phone bytea)"));
        batch.BatchCommands.Add(
            new("insert into person_row values ($1, $2, $3, $4)")
            {
                Parameters =
                {
                    new() { Value = subject },
                    new() { Value = vault.Seal(key, "resident", fields) },
                    new() { Value = tokens.OfName(Sealed) },
                    new() { Value = tokens.Exact(TokenKind.Phone, SealedPhone) },
                },
            }
        );
        Append($$"""{"sealed":"{{Convert.ToBase64String(vault.Seal(key, "event", fields))}}"}""");
        Append($$"""{"name":"{{Clear}}"}""");
        new SubjectKeyTable().Write(batch, [NewSubject(key)]);
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();

        void Append(string json) =>
            batch.BatchCommands.Add(
                new(
                    "insert into journal (stream, sequence, kind, at, by, area, operation, data, status) "
                        + "values ($1, 1, 'test.written/1', now(), 'qinghe/worker-1', 'qinghe/C', $2, $3::jsonb, 0)"
                )
                {
                    Parameters =
                    {
                        new() { Value = $"test/{Guid.NewGuid():N}" },
                        new() { Value = Guid.NewGuid() },
                        new() { Value = json },
                    },
                }
            );
    }

    internal static JournalEntry NewSubject(params IReadOnlyList<SubjectKey> keys) =>
        new Entry
        {
            Stream = $"test/{Guid.NewGuid():N}",
            After = 0,
            Events = [],
            At = DateTimeOffset.UtcNow,
            By = "qinghe/worker-1",
            Area = "qinghe/C",
            Operation = Guid.NewGuid(),
            NewKeys = keys,
        };

    sealed class Entry : JournalEntry, IHasNewKeys
    {
        public required IReadOnlyList<SubjectKey> NewKeys { get; init; }
    }
}
