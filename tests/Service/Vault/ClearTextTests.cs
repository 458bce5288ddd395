using System.Text;
using GridActors.Postgres;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;
using Microsoft.Extensions.Logging.Abstractions;

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
        await using (var service = await TestService.Start(database: server.ConnectionString))
            await Write(service);

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

    /// <summary>Everything that is done with a household, and a case whose title isn't personal data and so stands in the clear.</summary>
    static async Task Write(TestService service)
    {
        var (worker, clerk) = (await service.As("worker-1"), await service.As("clerk-a1"));
        var fields = new { name = Sealed, phone = SealedPhone };
        var body = new
        {
            area = "C-A1-1",
            fields = new { address = $"清河县{Sealed}路12号", note = Sealed },
            residents = new[] { new { kind = "registered", fields } },
        };
        var household = (await worker.Post("/api/households", body, Client.NewKey())).Expect(201).As<HouseholdView>();
        var address = $"/api/households/{household.Id}";
        var (resident, other) = (household.Residents[0].Id, (await worker.Post("/api/households", body, Client.NewKey())).Expect(201));
        (await worker.Patch($"{address}/residents/{resident}", new { fields = new { note = Sealed } })).Expect(200);
        (await worker.Patch(address, new { fields = new { phone = SealedPhone } })).Expect(200);
        (await clerk.Post("/api/residents/search", new { text = Sealed })).Expect(200);
        (await clerk.Post($"{address}/reveal", new { purpose = "service" }, Client.NewKey())).Expect(200);
        var into = other.As<HouseholdView>().Id;
        (await worker.Post($"{address}/merge", new { other = into, reason = $"{Sealed}重复登记" }, Client.NewKey())).Expect(200);
        await Survey(await service.As("dispatcher-1"), worker, into);
        await Apply(service.Anybody(), worker, clerk);
        await worker.Report("C-A1-1", title: Clear);
    }

    /// <summary>Answers and the reason of a refusal.</summary>
    static async Task Survey(Client dispatcher, Client worker, string household)
    {
        var survey = new
        {
            area = "C",
            title = "调查",
            purpose = "核实",
            subject = "household",
            from = "2026-01-01",
            until = "2036-12-31",
            questions = new object[]
            {
                new
                {
                    id = "q",
                    name = "情况",
                    type = "text",
                },
            },
        };
        var id = (await dispatcher.Post("/api/surveys", survey, Client.NewKey())).Expect(201).Body.GetProperty("id").GetString();
        (await dispatcher.Post($"/api/surveys/{id}/publish", null, Client.NewKey())).Expect(200);
        (await worker.Post($"/api/surveys/{id}/refusals", new { subject = household, reason = Sealed }, Client.NewKey())).Expect(200);
        var answers = new { subject = household, answers = new { q = $"{Sealed} {SealedPhone}" } };
        (await worker.Post($"/api/surveys/{id}/answers", answers, Client.NewKey())).Expect(200);
    }

    /// <summary>A resident's application, which is declined.</summary>
    static async Task Apply(Client resident, Client worker, Client clerk)
    {
        var made = (await clerk.Post("/api/registrations/doors", new { area = "C-A1-1" })).Expect(201).Body;
        var code = made.GetProperty("code").GetString();
        var phone = (await resident.Post("/api/public/registrations/phone", new { code, phone = SealedPhone })).Expect(200).Body;
        var body = new
        {
            code,
            confirmation = phone.GetProperty("confirmation").GetString(),
            phoneCode = phone.GetProperty("shown").GetString(),
            consent = "1",
            secret = Guid.NewGuid().ToString("N"),
            fields = new { address = $"清河县{Sealed}路13号" },
            residents = new[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new { name = Sealed, phone = SealedPhone },
                },
            },
        };
        (await resident.Post("/api/public/registrations", body)).Expect(200);
        var id = (await worker.Get("/api/registrations")).Expect(200).Body.GetProperty("items")[0].GetProperty("id").GetString();
        (await worker.Post($"/api/registrations/{id}/decline", new { reason = $"{Sealed}不住这里" }, Client.NewKey())).Expect(200);
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
