using Orleans;

namespace GridActors.Engine.Tests.Actors;

public interface IListener : IGrainObserver
{
    Task Hear(string text);

    /// <summary>Answers the speaker.</summary>
    Task<string> Ask(string text);

    /// <summary>As <see cref="Hear"/>, for a listener that may be gone.</summary>
    [ResponseTimeout("00:00:02")]
    Task HearIfThere(string text);
}

public interface ISpeakerGrain : IGrainWithStringKey
{
    Task Add(IListener listener);

    /// <summary>Tells all listeners and waits for none.</summary>
    Task Say(string text);

    /// <summary>Tells all listeners and waits for all.</summary>
    Task SayAndWait(string text);

    Task<string> Ask(string text);

    Task SayIfThere(string text);
}

public sealed class SpeakerGrain : Grain, ISpeakerGrain
{
    private readonly List<IListener> _listeners = [];

    public Task Add(IListener listener)
    {
        _listeners.Add(listener);
        return Task.CompletedTask;
    }

    public Task Say(string text)
    {
        foreach (var listener in _listeners)
            _ = listener.Hear(text);
        return Task.CompletedTask;
    }

    public Task SayAndWait(string text) => Task.WhenAll(_listeners.Select(listener => listener.Hear(text)));

    public Task<string> Ask(string text) => _listeners[0].Ask(text);

    public Task SayIfThere(string text) => _listeners[0].HearIfThere(text);
}
