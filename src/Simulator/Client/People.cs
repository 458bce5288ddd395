using System.Collections.Concurrent;

namespace GridActors.Simulator.Client;

/// <summary>
/// Signs the people of one pack in when they are first needed and keeps their sessions. Few sign in at a time, because checking a password
/// is deliberately slow for the service. A person who can't sign in is remembered and not tried again.
/// </summary>
sealed class People : IDisposable
{
    readonly ServiceClient _client;
    readonly string? _password;
    readonly string _pack;
    readonly ConcurrentDictionary<string, Lazy<Task<Session?>>> _sessions = new(StringComparer.Ordinal);
    readonly SemaphoreSlim _doors = new(4);
    readonly CancellationTokenSource _leaving;

    /// <param name="first">Somebody of the pack who is signed in already.</param>
    public People(ServiceClient client, Session first, string? password, CancellationToken cancellationToken)
    {
        (_client, _password, _pack) = (client, password, first.Me.Pack.Id);
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _sessions[first.Me.Id] = new Lazy<Task<Session?>>(Task.FromResult<Session?>(first));
    }

    public int Count => _sessions.Count;

    public bool IsIn(string person) =>
        _sessions.TryGetValue(person, out var entry)
        && entry.IsValueCreated
        && entry.Value is { IsCompletedSuccessfully: true, Result: not null };

    /// <summary>Null when the person can't sign in with the password.</summary>
    public async Task<Session?> Find(string person, CancellationToken cancellationToken)
    {
        // The sign-in isn't cancelled with the caller that started it, because others may wait for it too.
        var entry = _sessions.GetOrAdd(person, p => new Lazy<Task<Session?>>(() => SignIn(p, _leaving.Token)));
        try
        {
            return await entry.Value.WaitAsync(cancellationToken);
        }
        catch (ServiceAwayException)
        {
            _sessions.TryRemove(new KeyValuePair<string, Lazy<Task<Session?>>>(person, entry));
            throw;
        }
    }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    async Task<Session?> SignIn(string person, CancellationToken cancellationToken)
    {
        await _doors.WaitAsync(cancellationToken);
        try
        {
            return (await Session.SignIn(_client, person, _password, cancellationToken, _pack)).Value;
        }
        finally
        {
            _doors.Release();
        }
    }
}
