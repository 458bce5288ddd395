using GridActors.Engine.Tests.Actors;

namespace GridActors.Engine.Tests;

[Collection(EngineCollection.Name)]
public sealed class ObserverTests(EngineFixture engine)
{
    [Fact]
    public async Task An_observer_hears_in_order_what_the_actor_waits_for()
    {
        var (actor, _) = engine.New<ISpeakerGrain>();
        Listener listener = new();
        await actor.Add(Reference(listener)).InTime();
        for (var i = 0; i < 200; i++)
            await actor.SayAndWait($"{i}").InTime();
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"heard {i}"), listener.Desk.Notes);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task What_an_actor_does_not_wait_for_is_heard_once_each_in_whatever_order()
    {
        // A cluster gives no order here: what is pushed without waiting needs a sequence of its own.
        var (actor, _) = engine.New<ISpeakerGrain>();
        Listener listener = new();
        await actor.Add(Reference(listener)).InTime();
        for (var i = 0; i < 200; i++)
            await actor.Say($"{i}").InTime();
        await listener.Desk.Sees(notes => notes.Count == 200);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"heard {i}").Order(), listener.Desk.Notes.Order());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task An_observer_hears_one_thing_at_a_time()
    {
        var (actor, _) = engine.New<ISpeakerGrain>();
        Listener listener = new(slow: true);
        await actor.Add(Reference(listener)).InTime();
        await actor.Say("first").InTime();
        await actor.Say("second").InTime();
        await listener.Desk.Sees(notes => notes.Count == 1);
        await actor.Say("third").InTime();
        Assert.Single(listener.Desk.Notes);
        listener.Desk.Open();
        await listener.Desk.Sees(notes => notes.Count == 6);
        Assert.All(listener.Desk.Notes.Chunk(2), pair => Assert.Equal(pair[0].Replace("hears", "heard", StringComparison.Ordinal), pair[1]));
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_slow_observer_holds_neither_the_actor_nor_the_other_observers()
    {
        var (actor, _) = engine.New<ISpeakerGrain>();
        Listener slow = new(slow: true);
        Listener quick = new();
        await actor.Add(Reference(slow)).InTime();
        await actor.Add(Reference(quick)).InTime();
        for (var i = 0; i < 20; i++)
            await actor.Say($"{i}").InTime();
        await quick.Desk.Sees(notes => notes.Count == 20);
        Assert.DoesNotContain(slow.Desk.Notes, note => note.StartsWith("heard", StringComparison.Ordinal));
        slow.Desk.Open();
        await slow.Desk.Sees(notes => notes.Count == 40);
        GC.KeepAlive((slow, quick));
    }

    [Fact]
    public async Task An_actor_can_wait_for_its_observers_and_hear_their_answer()
    {
        var (actor, _) = engine.New<ISpeakerGrain>();
        Listener listener = new();
        await actor.Add(Reference(listener)).InTime();
        await actor.SayAndWait("wait").InTime();
        Assert.Equal(["heard wait"], listener.Desk.Notes);
        Assert.Equal("how are you? fine", await actor.Ask("how are you?").InTime());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task What_an_observer_throws_reaches_the_actor_that_waits()
    {
        var (actor, _) = engine.New<ISpeakerGrain>();
        Listener listener = new();
        await actor.Add(Reference(listener)).InTime();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => actor.SayAndWait("throw").InTime());
        Assert.Equal("I don't want to hear that.", exception.Message);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Calls_of_a_deleted_reference_fail_and_do_not_reach_the_observer()
    {
        var (actor, _) = engine.New<ISpeakerGrain>();
        Listener listener = new();
        var reference = Reference(listener);
        await actor.Add(reference).InTime();
        await actor.SayIfThere("before").InTime();
        engine.Grains.DeleteObjectReference<IListener>(reference);
        await Assert.ThrowsAnyAsync<Exception>(() => actor.SayIfThere("after").InTime());
        Assert.Equal(["heard before"], listener.Desk.Notes);
        GC.KeepAlive(listener);
    }

    [Fact]
    public void A_reference_is_deleted_once()
    {
        Listener listener = new();
        var reference = Reference(listener);
        engine.Grains.DeleteObjectReference<IListener>(reference);
        Assert.Throws<ArgumentException>(() => engine.Grains.DeleteObjectReference<IListener>(reference));
        Assert.Throws<ArgumentException>(() => engine.Grains.DeleteObjectReference<IListener>(listener));
    }

    private IListener Reference(Listener listener) => engine.Grains.CreateObjectReference<IListener>(listener);

    /// <summary>The engine holds it weakly, so the tests keep it alive.</summary>
    private sealed class Listener(bool slow = false) : IListener
    {
        internal Desk Desk { get; } = new();

        public async Task Hear(string text)
        {
            if (text == "throw")
                throw new InvalidOperationException("I don't want to hear that.");
            if (slow)
            {
                Desk.Note($"hears {text}");
                await Desk.Opened;
            }

            Desk.Note($"heard {text}");
        }

        public Task<string> Ask(string text) => Task.FromResult($"{text} fine");

        public Task HearIfThere(string text) => Hear(text);
    }
}
