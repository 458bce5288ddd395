using System.Collections.Concurrent;

namespace GridActors.Harness;

/// <summary>Signs people in who all have the same password, each once.</summary>
sealed class SignIns(Func<Client> anybody, string password)
{
    readonly ConcurrentDictionary<string, Lazy<Task<Client>>> _people = new();

    public async Task<Client> As(string person, string pack)
    {
        var signedIn = await _people.GetOrAdd($"{pack}/{person}", account => new(() => anybody().SignIn(account, password))).Value;
        // A service that was started again may have another address, but its sessions are still valid.
        return signedIn with { Url = anybody().Url, Person = person, Pack = pack };
    }
}
