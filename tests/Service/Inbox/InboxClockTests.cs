using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Inbox;

public sealed class InboxClockTests
{
    [Fact]
    public async Task Changes_are_unread_after_the_clock_was_set_back()
    {
        var clock = new SetClock();
        await using var service = await TestService.Start(b => b.Services.AddSingleton<TimeProvider>(clock));
        var (clerk, worker) = (await service.As("clerk-a1"), await service.As("worker-1"));
        await clerk.Report("C-A1-1");
        (await worker.Post("/api/inbox/seen")).Expect(204);
        Assert.Equal(0, (await worker.Inbox()).Counts.Unread);

        clock.Ahead = TimeSpan.FromMinutes(-5);
        var later = await clerk.Report("C-A1-1");

        Assert.True((await worker.Inbox()).Items.Single(i => i.Case.Id == later.Id).Unread);
        (await worker.Post("/api/inbox/seen")).Expect(204);
        var last = await clerk.Report("C-A1-1");
        Assert.True((await worker.Inbox()).Items.Single(i => i.Case.Id == last.Id).Unread);
    }

    sealed class SetClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
