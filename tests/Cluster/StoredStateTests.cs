using System.Text;
using System.Text.Json;
using GridActors.Contracts.Inbox;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace GridActors.Cluster.Tests;

/// <summary>The row of an actor's state. The next version must be able to read it, and two silos must not overwrite each other's.</summary>
public sealed class StoredStateTests
{
    const string Row = "service = 'gridactors' and name = 'inbox-seen' and key = $1";

    readonly string _key = $"somewhere/p-{Guid.NewGuid()}";

    [Fact]
    public async Task A_state_is_one_row_with_the_key_as_text_the_state_as_JSON_and_a_version()
    {
        var service = await TestService.Shared();
        var inbox = Inbox(service);

        for (var i = 0; i < 3; i++)
            await inbox.MarkSeen().WithinDeadline();

        Assert.Equal(3, await service.Ask<int>($"select version from grain_state where {Row}", _key));
        var at = await inbox.SeenAt();
        var payload = await service.Ask<byte[]>($"select payload from grain_state where {Row}", _key);
        Assert.Equal(JsonSerializer.Serialize(new { At = at }), Encoding.UTF8.GetString(payload!));
    }

    [Fact]
    public async Task A_write_on_an_outdated_version_fails_and_the_next_activation_reads_what_is_stored()
    {
        var service = await TestService.Shared();
        var inbox = Inbox(service);
        await inbox.MarkSeen().WithinDeadline();
        await service.Ask<int>(
            $"update grain_state set version = 12, payload = $2 where {Row} returning version",
            _key,
            """{"At":"2026-01-01T00:00:00+00:00"}"""u8.ToArray()
        );

        await Assert.ThrowsAsync<InconsistentStateException>(() => inbox.MarkSeen().WithinDeadline());

        Assert.Equal(DateTimeOffset.Parse("2026-01-01T00:00:00Z", null), await inbox.SeenAt().WithinDeadline());
        await inbox.MarkSeen().WithinDeadline();
        Assert.Equal(13, await service.Ask<int>($"select version from grain_state where {Row}", _key));
    }

    IInboxGrain Inbox(TestService service) => service.Services.GetRequiredService<IGrainFactory>().GetGrain<IInboxGrain>(_key);
}
