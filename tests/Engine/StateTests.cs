using GridActors.Engine.Tests.Actors;
using Orleans.Storage;

namespace GridActors.Engine.Tests;

[Collection(EngineCollection.Name)]
public sealed class StateTests(EngineFixture engine)
{
    [Fact]
    public async Task A_state_nobody_wrote_is_new_and_does_not_exist()
    {
        var (actor, _) = engine.New<ICounterGrain>();
        Assert.Equal(0, await actor.Value().InTime());
        Assert.False(await actor.Exists().InTime());
    }

    [Fact]
    public async Task An_idle_actor_goes_and_comes_back_with_its_state()
    {
        var (actor, desk) = engine.New<ICounterGrain>();
        await actor.Add(3).InTime();
        await desk.Sees("deactivated");
        Assert.Equal(3, await actor.Value().InTime());
        Assert.True(await actor.Exists().InTime());
        Assert.Equal(5, await actor.Add(2).InTime());
    }

    [Fact]
    public async Task What_was_not_written_is_gone_with_the_activation()
    {
        var (actor, _) = engine.New<ICounterGrain>();
        await actor.Add(3).InTime();
        await actor.AddUnwritten(10).InTime();
        Assert.Equal(13, await actor.Value().InTime());
        await actor.Leave().InTime();
        Assert.Equal(3, await actor.Value().InTime());
    }

    [Fact]
    public async Task A_cleared_state_is_as_new()
    {
        var (actor, _) = engine.New<ICounterGrain>();
        await actor.Add(3).InTime();
        await actor.Reset().InTime();
        Assert.Equal(0, await actor.Value().InTime());
        Assert.False(await actor.Exists().InTime());
        Assert.Equal(4, await actor.Add(4).InTime());
    }

    [Fact]
    public async Task Writing_what_somebody_else_has_written_fails_and_the_next_call_finds_what_is_stored()
    {
        var key = EngineFixture.NewKey();
        var actor = engine.Grains.GetGrain<ICounterGrain>(key);
        await actor.Add(3).InTime();
        engine.Storage.WriteBehindTheBack(CounterGrain.StateName, CounterGrain.StoredAs(key), """{"Value":40}""");

        await Assert.ThrowsAsync<InconsistentStateException>(() => actor.Add(1).InTime());
        Assert.Equal(40, await actor.Value().InTime());
        Assert.Equal(42, await actor.Add(2).InTime());
    }

    [Fact]
    public async Task States_are_stored_under_the_grain_type_and_the_key()
    {
        var key = EngineFixture.NewKey();
        engine.Storage.WriteBehindTheBack(CounterGrain.StateName, CounterGrain.StoredAs(key), """{"Value":7}""");
        Assert.Equal(7, await engine.Grains.GetGrain<ICounterGrain>(key).Value().InTime());
    }
}
