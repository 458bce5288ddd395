using GridActors.Engine.Tests.Actors;

namespace GridActors.Engine.Tests;

[Collection(EngineCollection.Name)]
public sealed class LifeTests(EngineFixture engine)
{
    [Fact]
    public async Task An_actor_is_activated_by_its_first_call_and_before_it()
    {
        var (actor, desk) = engine.New<ILifeGrain>();
        Assert.Empty(desk.Notes);
        Assert.Equal(1, await actor.Activation().InTime());
        Assert.Equal(["activated"], desk.Notes);
    }

    [Fact]
    public async Task Many_first_calls_at_once_make_one_activation()
    {
        var (actor, desk) = engine.New<ILifeGrain>();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => actor.Activation())).InTime();
        Assert.Equal(["activated"], desk.Notes.Where(note => note == "activated"));
    }

    [Fact]
    public async Task When_an_activation_fails_the_waiting_calls_fail_and_the_next_call_tries_again()
    {
        var (actor, desk) = engine.New<ILifeGrain>();
        desk.FailingActivations = 1;
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => actor.Activation().InTime());
        Assert.Contains("not today", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await actor.Activation().InTime());
        Assert.Equal(["activation failed", "activated"], desk.Notes);
    }

    [Fact]
    public async Task Services_come_from_a_scope_of_the_activation()
    {
        var (first, _) = engine.New<ILifeGrain>();
        var (second, _) = engine.New<ILifeGrain>();
        Assert.True(await first.SameServiceTwice().InTime());
        Assert.NotEqual(await first.OwnService().InTime(), await second.OwnService().InTime());
    }

    [Fact]
    public async Task An_actor_that_asks_to_leave_ends_after_the_turn_and_the_next_call_finds_a_new_one()
    {
        var (actor, desk) = engine.New<ILifeGrain>();
        await actor.Leave().InTime();
        Assert.Equal(2, await actor.Activation().InTime());
        Assert.Equal(["activated", "deactivated: ApplicationRequested", "deactivated", "activated"], desk.Notes);
    }

    [Fact]
    public async Task Calls_that_wait_when_an_actor_leaves_go_to_the_new_activation()
    {
        var (actor, desk) = engine.New<ILifeGrain>();
        var leaving = actor.LeaveAndHold();
        await desk.Sees("leaving");
        var waiting = Enumerable.Range(0, 20).Select(_ => actor.Activation()).ToArray();
        desk.Open();
        await leaving.InTime();
        Assert.All(await Task.WhenAll(waiting).InTime(), activation => Assert.Equal(2, activation));
        Assert.Equal(
            ["activated", "leaving", "left", "deactivated: ApplicationRequested", "deactivated", "activated"], desk.Notes);
    }

    [Fact]
    public async Task An_idle_actor_goes_and_its_next_call_brings_it_back()
    {
        var (actor, desk) = engine.New<ILifeGrain>();
        Assert.Equal(1, await actor.Activation().InTime());
        await desk.Sees("deactivated");
        Assert.Contains("deactivated: ActivationIdle", desk.Notes);
        Assert.Equal(2, await actor.Activation().InTime());
    }

    [Fact]
    public async Task An_actor_that_delays_its_deactivation_outstays_those_that_do_not()
    {
        var (staying, stayingDesk) = engine.New<ILifeGrain>();
        await staying.Stay(TimeSpan.FromMinutes(10)).InTime();

        // Activated later and gone twice, while the other one had every chance to go.
        var (leaving, leavingDesk) = engine.New<ILifeGrain>();
        await leaving.Activation().InTime();
        await leavingDesk.Sees("deactivated");
        await leaving.Activation().InTime();
        await leavingDesk.Sees("deactivated", times: 2);
        Assert.Equal(["activated"], stayingDesk.Notes);

        // And it goes as the others do when it takes the delay back.
        await staying.Stay(TimeSpan.Zero).InTime();
        await stayingDesk.Sees("deactivated");
    }

    [Fact]
    public async Task Calls_are_answered_while_their_actors_come_and_go()
    {
        var actors = Enumerable.Range(0, 5).Select(_ => engine.New<ILifeGrain>()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async caller =>
        {
            for (var i = 0; i < 20; i++)
            {
                var actor = actors[(caller + i) % actors.Length].Actor;
                if (i % 5 == 0)
                    await actor.Leave();
                Assert.NotEqual(0, await actor.Activation());
            }
        })).InTime();

        // Never two at once: each activation is gone before the next one begins.
        Assert.All(actors, actor => Assert.All(
            actor.Desk.Notes.Where(note => !note.StartsWith("deactivated:", StringComparison.Ordinal)).Select((note, position) => (note, position)),
            step => Assert.Equal(step.position % 2 == 0 ? "activated" : "deactivated", step.note)));
    }

    [Fact]
    public async Task When_the_host_stops_every_actor_is_deactivated()
    {
        var (grains, stop) = await engine.StartAnother();
        var desks = new List<Desk>();
        for (var i = 0; i < 20; i++)
        {
            var key = EngineFixture.NewKey();
            await grains.GetGrain<ILifeGrain>(key).Stay(TimeSpan.FromMinutes(10)).InTime();
            desks.Add(Desk.At(key));
        }

        await stop().InTime();
        Assert.All(desks, desk => Assert.Equal(["activated", "deactivated: ShuttingDown", "deactivated"], desk.Notes));
    }
}
