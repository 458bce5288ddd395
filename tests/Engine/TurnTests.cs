using GridActors.Engine.Tests.Actors;

namespace GridActors.Engine.Tests;

[Collection(EngineCollection.Name)]
public sealed class TurnTests(EngineFixture engine)
{
    [Fact]
    public async Task A_call_begins_only_when_the_one_before_it_is_over_awaits_included()
    {
        var (actor, desk) = engine.New<ITurnGrain>();
        var first = actor.Hold("first");
        await desk.Sees("first begins");
        var second = actor.Hold("second");
        await actor.Interleave("probe").InTime();
        Assert.DoesNotContain("second begins", desk.Notes);

        desk.Open();
        await Task.WhenAll(first, second).InTime();
        Assert.Equal(["first begins", "probe", "first ends", "second begins", "second ends"], desk.Notes);
    }

    [Fact]
    public async Task Calls_that_a_caller_makes_one_after_the_other_run_in_that_order()
    {
        var (actor, desk) = engine.New<ITurnGrain>();
        for (var number = 0; number < 200; number++)
            await actor.Note(number).InTime();
        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"{number}"), desk.Notes);
    }

    [Fact]
    public async Task Calls_that_a_caller_makes_without_waiting_each_run_once_in_whatever_order()
    {
        // A cluster gives no order here: messages of one caller may overtake each other.
        var (actor, desk) = engine.New<ITurnGrain>();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(actor.Note)).InTime();
        Assert.Equal(Enumerable.Range(0, 500).Select(number => $"{number}").Order(), desk.Notes.Order());
    }

    [Fact]
    public async Task Actors_run_beside_each_other()
    {
        var (first, firstDesk) = engine.New<ITurnGrain>();
        var (second, secondDesk) = engine.New<ITurnGrain>();
        var holding = first.Hold("first");
        await firstDesk.Sees("first begins");
        await second.Note(1).InTime();
        Assert.Equal(["1"], secondDesk.Notes);
        firstDesk.Open();
        await holding.InTime();
    }

    [Fact]
    public async Task Continuations_of_one_actor_never_run_at_the_same_time_even_when_calls_interleave()
    {
        var (actor, _) = engine.New<ITurnGrain>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => actor.AddSlowly(200))).InTime();
        Assert.Equal(20 * 200, await actor.Total().InTime());
    }

    [Fact]
    public async Task Read_only_calls_interleave_with_each_other()
    {
        var (actor, desk) = engine.New<ITurnGrain>();
        var first = actor.Look("first");
        await desk.Sees("first begins");
        var second = actor.Look("second");
        await desk.Sees("second begins");
        desk.Open();
        await Task.WhenAll(first, second).InTime();
    }

    [Fact]
    public async Task A_read_only_call_waits_for_a_call_that_may_write()
    {
        var (actor, desk) = engine.New<ITurnGrain>();
        var writer = actor.Hold("writer");
        await desk.Sees("writer begins");
        var reader = actor.Look("reader");
        await actor.Interleave("probe").InTime();
        Assert.DoesNotContain("reader begins", desk.Notes);
        desk.Open();
        await Task.WhenAll(writer, reader).InTime();
        Assert.Equal(["writer begins", "probe", "writer ends", "reader begins", "reader ends"], desk.Notes);
    }

    [Fact]
    public async Task A_call_that_may_write_waits_for_a_read_only_call()
    {
        var (actor, desk) = engine.New<ITurnGrain>();
        var reader = actor.Look("reader");
        await desk.Sees("reader begins");
        var writer = actor.Hold("writer");
        await actor.Interleave("probe").InTime();
        Assert.DoesNotContain("writer begins", desk.Notes);
        desk.Open();
        await Task.WhenAll(writer, reader).InTime();
        Assert.Equal(["reader begins", "probe", "reader ends", "writer begins", "writer ends"], desk.Notes);
    }

    [Fact]
    public async Task An_always_interleaving_call_runs_between_the_awaits_of_any_other()
    {
        var (actor, desk) = engine.New<ITurnGrain>();
        var holding = actor.Hold("call");
        await desk.Sees("call begins");
        await actor.Interleave("between").InTime();
        desk.Open();
        await holding.InTime();
        Assert.Equal(["call begins", "between", "call ends"], desk.Notes);
    }

    [Fact]
    public async Task Every_kind_of_task_can_be_returned()
    {
        var (actor, _) = engine.New<ITurnGrain>();
        Assert.Equal("text", await actor.Echo("text").InTime());
        Assert.Equal(5, await actor.Add(2, 3).AsTask().InTime());
        await actor.Touch().AsTask().InTime();
        Assert.Equal(new Parcel("box", 7), await actor.Forward(new("box", 7)).InTime());
        Assert.Null(await actor.Forward(null).InTime());
    }

    [Fact]
    public async Task Async_locals_cross_neither_from_the_caller_nor_from_one_call_to_the_next()
    {
        var (actor, _) = engine.New<ITurnGrain>();
        TurnGrain.Ambient.Value = "the test's";
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => actor.Remember($"{i}"))).InTime();
        Assert.All(answers, Assert.Null);
        Assert.Equal("the test's", TurnGrain.Ambient.Value);
    }

    [Fact]
    public async Task Many_calls_to_many_actors_all_arrive()
    {
        var actors = Enumerable.Range(0, 50).Select(_ => engine.New<ITurnGrain>().Actor).ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => actors[i % 50].Add(i, 1).AsTask())).InTime();
        Assert.Equal(Enumerable.Range(1, 5000), answers);
    }
}
