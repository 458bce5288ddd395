using GridActors.Engine.Tests.Actors;
using Orleans;
using Orleans.Runtime;

namespace GridActors.Engine.Tests;

[Collection(EngineCollection.Name)]
public sealed class ReferenceTests(EngineFixture engine)
{
    [Fact]
    public void A_reference_knows_the_key_it_was_made_with()
    {
        var key = EngineFixture.NewKey();
        Assert.Equal(key, engine.Grains.GetGrain<ICounterGrain>(key).GetPrimaryKeyString());
    }

    [Fact]
    public void Two_references_to_one_actor_are_equal()
    {
        var key = EngineFixture.NewKey();
        var first = engine.Grains.GetGrain<ICounterGrain>(key);
        Assert.Equal(first, engine.Grains.GetGrain<ICounterGrain>(key));
        Assert.Equal(first.GetHashCode(), engine.Grains.GetGrain<ICounterGrain>(key).GetHashCode());
        Assert.NotEqual(first, engine.Grains.GetGrain<ICounterGrain>(EngineFixture.NewKey()));
    }

    [Fact]
    public void An_actor_is_named_by_its_grain_type_and_its_key()
    {
        var key = EngineFixture.NewKey();
        var id = engine.Grains.GetGrain<ICounterGrain>(key).GetGrainId();
        Assert.Equal(CounterGrain.StoredAs(key), id.ToString());
        Assert.Equal(GrainId.Create("engine-tests-counter", key), id);
    }

    [Fact]
    public void Without_the_attribute_the_grain_type_is_the_class_in_lower_case_without_the_word_grain() =>
        Assert.Equal("turn", engine.Grains.GetGrain<ITurnGrain>(EngineFixture.NewKey()).GetGrainId().Type.ToString());

    [Fact]
    public async Task An_actor_can_hand_out_a_reference_to_itself()
    {
        var (actor, desk) = engine.New<ITurnGrain>();
        var same = await actor.Self().InTime();
        Assert.Equal(actor, same);
        await same.Note(1).InTime();
        Assert.Equal(["1"], desk.Notes);
    }

    [Fact]
    public void An_empty_key_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => engine.Grains.GetGrain<ICounterGrain>(" "));

    [Fact]
    public void An_interface_without_a_class_is_refused_at_once() =>
        Assert.ThrowsAny<ArgumentException>(() => engine.Grains.GetGrain<INobodyGrain>(EngineFixture.NewKey()));
}

public interface INobodyGrain : IGrainWithStringKey
{
    Task Call();
}
