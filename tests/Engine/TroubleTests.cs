using GridActors.Engine.Tests.Actors;

namespace GridActors.Engine.Tests;

[Collection(EngineCollection.Name)]
public sealed class TroubleTests(EngineFixture engine)
{
    [Fact]
    public async Task An_exception_crosses_to_the_caller_with_its_type_and_message()
    {
        var (actor, _) = engine.New<ITroubleGrain>();
        Assert.Equal("later", (await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Throw("later").InTime())).Message);
        Assert.Equal("at once", (await Assert.ThrowsAsync<ArgumentException>(() => actor.ThrowAtOnce("at once").InTime())).Message);
        Assert.Equal(
            "by value", (await Assert.ThrowsAsync<KeyNotFoundException>(() => actor.ThrowLater("by value").AsTask().InTime())).Message);
    }

    [Fact]
    public async Task An_actor_answers_after_it_has_thrown()
    {
        var (actor, _) = engine.New<ITroubleGrain>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Throw("once").InTime());
        await actor.Answer().InTime();
    }

    [Fact]
    public async Task A_circle_of_calls_times_out_with_an_error_that_names_the_call_instead_of_hanging()
    {
        var (first, _) = engine.New<ITroubleGrain>();
        var second = EngineFixture.NewKey();
        var message = await first.CallInACircle(second).InTime();
        Assert.Contains(nameof(ITroubleGrain.CallBack), message, StringComparison.Ordinal);
        Assert.Contains(second, message, StringComparison.Ordinal);

        // And the circle is open again.
        await first.Answer().InTime();
    }

    [Fact]
    public async Task A_caller_that_waited_long_enough_gets_a_timeout_and_the_call_may_still_have_its_effect()
    {
        var (actor, desk) = engine.New<ITroubleGrain>();
        await Assert.ThrowsAsync<TimeoutException>(() => actor.AnswerTooLate().InTime());
        Assert.Equal(["late call begins"], desk.Notes);
        desk.Open();
        await desk.Sees("late call ends");
        await actor.Answer().InTime();
    }

    [Fact]
    public async Task Cancellation_reaches_the_actor_and_the_caller()
    {
        var (actor, desk) = engine.New<ITroubleGrain>();
        using CancellationTokenSource source = new();
        var call = actor.Obey(source.Token);
        await desk.Sees("obeying");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        await desk.Sees("canceled");
        await actor.Answer().InTime();
    }

    [Fact]
    public async Task A_call_that_is_canceled_while_it_waits_does_not_run()
    {
        var (actor, desk) = engine.New<ITroubleGrain>();
        using CancellationTokenSource source = new();
        using CancellationTokenSource waitingSource = new();
        var running = actor.Obey(source.Token);
        await desk.Sees("obeying");
        var waiting = actor.Obey(waitingSource.Token);
        Assert.Equal("yes", await actor.StillThere().InTime());
        await waitingSource.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.InTime());
        Assert.Equal("yes", await actor.StillThere().InTime());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.InTime());
        await actor.Answer().InTime();
        Assert.Equal(["obeying", "canceled"], desk.Notes);
    }
}
