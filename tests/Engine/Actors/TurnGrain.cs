using Orleans;
using Orleans.Concurrency;

namespace GridActors.Engine.Tests.Actors;

public interface ITurnGrain : IGrainWithStringKey
{
    /// <summary>Notes its begin, waits for the test, notes its end.</summary>
    Task Hold(string name);

    Task Note(int number);

    [ReadOnly]
    Task Look(string name);

    [AlwaysInterleave]
    Task Interleave(string name);

    /// <summary>Adds one at a time with an await between reading and writing.</summary>
    [AlwaysInterleave]
    Task AddSlowly(int times);

    Task<int> Total();

    Task<string> Echo(string text);

    ValueTask<int> Add(int left, int right);

    ValueTask Touch();

    Task<Parcel?> Forward(Parcel? parcel);

    /// <summary>A reference to the actor itself.</summary>
    Task<ITurnGrain> Self();

    /// <summary>Leaves a value in an async local and tells what was there before.</summary>
    Task<string?> Remember(string text);
}

[GenerateSerializer, Immutable, Alias("gridactors.engine-tests.parcel")]
public sealed record Parcel([property: Id(0)] string Name, [property: Id(1)] int Weight);

public sealed class TurnGrain : Grain, ITurnGrain
{
    internal static readonly AsyncLocal<string?> Ambient = new();

    private int _total;
    private int _inside;

    private Desk Desk => Desk.At(this.GetPrimaryKeyString());

    public async Task Hold(string name)
    {
        Desk.Note($"{name} begins");
        await Desk.Opened;
        Desk.Note($"{name} ends");
    }

    public async Task Note(int number)
    {
        await Task.Yield();
        Desk.Note($"{number}");
    }

    public Task Look(string name) => Hold(name);

    public Task Interleave(string name)
    {
        Desk.Note(name);
        return Task.CompletedTask;
    }

    public async Task AddSlowly(int times)
    {
        for (var i = 0; i < times; i++)
        {
            // Between two awaits nothing else of this actor runs, on whatever thread: no lock is needed.
            if (++_inside != 1)
                throw new InvalidOperationException("Two continuations ran at the same time.");
            var read = _total;
            Thread.SpinWait(50);
            _total = read + 1;
            _inside--;

            // Sometimes work elsewhere, then back.
            if (i % 10 == 0)
                await Task.Run(() => Thread.SpinWait(10));
            else
                await Task.Yield();
        }
    }

    public Task<int> Total() => Task.FromResult(_total);

    public Task<string> Echo(string text) => Task.FromResult(text);

    public ValueTask<int> Add(int left, int right) => ValueTask.FromResult(left + right);

    public async ValueTask Touch() => await Task.Yield();

    public Task<ITurnGrain> Self() => Task.FromResult(this.AsReference<ITurnGrain>());

    public Task<string?> Remember(string text)
    {
        var before = Ambient.Value;
        Ambient.Value = text;
        return Task.FromResult(before);
    }

    public Task<Parcel?> Forward(Parcel? parcel) => Task.FromResult(parcel);
}
