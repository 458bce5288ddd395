using System.Collections.Concurrent;

namespace GridActors.Engine.Tests;

/// <summary>
/// Where an actor and its test meet, by the actor's key: the actor notes what it does and waits where the test wants it to.
/// Both engines run the actors in the process of the tests, so this is an object they share.
/// </summary>
internal sealed class Desk
{
    private static readonly ConcurrentDictionary<string, Desk> s_desks = new();

    private readonly Lock _lock = new();
    private readonly List<string> _notes = [];
    private readonly List<(Func<IReadOnlyList<string>, bool> Fact, TaskCompletionSource Seen)> _watchers = [];
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many of the next activations are to fail.</summary>
    internal int FailingActivations { get; set; }

    /// <summary>What the actor waits for where it is told to wait.</summary>
    internal Task Opened => _gate.Task;

    internal IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
                return [.. _notes];
        }
    }

    internal static Desk At(string key) => s_desks.GetOrAdd(key, _ => new());

    internal void Open() => _gate.TrySetResult();

    internal void Note(string note)
    {
        lock (_lock)
        {
            _notes.Add(note);
            foreach (var watcher in _watchers.Where(watcher => watcher.Fact(_notes)).ToArray())
            {
                _watchers.Remove(watcher);
                watcher.Seen.TrySetResult();
            }
        }
    }

    internal Task Sees(string note, int times = 1) => Sees(notes => notes.Count(seen => seen == note) >= times);

    internal Task Sees(Func<IReadOnlyList<string>, bool> fact)
    {
        lock (_lock)
        {
            if (fact(_notes))
                return Task.CompletedTask;
            TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((fact, seen));
            return seen.Task.InTime();
        }
    }
}
