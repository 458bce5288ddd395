using GridActors.Engine.Tests.Actors;

namespace GridActors.Engine.Tests;

[Collection(EngineCollection.Name)]
public sealed class TimerTests(EngineFixture engine)
{
    private static readonly TimeSpan s_often = TimeSpan.FromMilliseconds(5);

    [Fact]
    public async Task A_timer_ticks_again_and_again()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.Start(s_often, interleave: false).InTime();
        await desk.Sees("tick", times: 5);
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.StartOnce().InTime();
        await desk.Sees("tick");

        // The actor becomes idle and goes, with plenty of time for a second tick.
        await desk.Sees("deactivated");
        Assert.Single(desk.Notes, note => note == "tick");
    }

    [Fact]
    public async Task A_tick_is_a_turn_and_waits_for_the_call_that_runs()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        var (other, otherDesk) = engine.New<IClockGrain>();
        await actor.Start(s_often, interleave: false).InTime();
        var holding = actor.Hold();
        await desk.Sees("held");

        // While another actor's timer ticks many times, this one is due as often.
        await other.Start(s_often, interleave: false).InTime();
        await otherDesk.Sees("tick", times: 20);
        desk.Open();
        await holding.InTime();
        Assert.False(await actor.TickedWhileHeld().InTime());
        var notes = desk.Notes;
        await desk.Sees(now => now.Count(note => note == "tick") > notes.Count(note => note == "tick"));
    }

    [Fact]
    public async Task A_tick_that_may_interleave_runs_between_the_awaits_of_a_call()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.Start(s_often, interleave: true).InTime();
        var holding = actor.Hold();
        await desk.Sees(notes => notes.Contains("held") && notes.SkipWhile(note => note != "held").Contains("tick"));
        desk.Open();
        await holding.InTime();
        Assert.True(await actor.TickedWhileHeld().InTime());
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_stop_the_timer()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.StartFailing(s_often).InTime();
        await desk.Sees("tick", times: 4);
    }

    [Fact]
    public async Task A_disposed_timer_ticks_no_more()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.Start(s_often, interleave: false).InTime();
        await desk.Sees("tick");
        await actor.Stop().InTime();
        var ticks = await actor.Ticks().InTime();
        await TicksOfAnother();
        Assert.Equal(ticks, await actor.Ticks().InTime());
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.Start(s_often, interleave: false).InTime();
        await desk.Sees("tick");
        await actor.Leave().InTime();
        await desk.Sees("deactivated");
        await TicksOfAnother();
        Assert.DoesNotContain("tick", desk.Notes.SkipWhile(note => note != "deactivated"));
        Assert.Equal(2, await actor.Activation().InTime());
    }

    [Fact]
    public async Task A_timer_does_not_keep_an_idle_actor()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.Start(TimeSpan.FromMilliseconds(200), interleave: false).InTime();
        await desk.Sees("deactivated");
        Assert.Contains("tick", desk.Notes);
    }

    private async Task TicksOfAnother()
    {
        var (actor, desk) = engine.New<IClockGrain>();
        await actor.Start(s_often, interleave: false).InTime();
        await desk.Sees("tick", times: 20);
    }
}
