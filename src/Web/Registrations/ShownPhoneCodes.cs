using GridActors.Storage.Accounts;

namespace GridActors.Web.Registrations;

/// <summary>Shows codes on the page, where the service runs as a demo.</summary>
sealed class ShownPhoneCodes(Accounts accounts) : IPhoneCodes
{
    public bool Serves(string pack) => accounts.IsDemo;

    public bool IsShown => true;

    public Task<bool> Send(string pack, string phone, string code, CancellationToken cancellationToken) => Task.FromResult(true);
}
