namespace GridActors.Web.Registrations;

/// <summary>A way by which a code reaches the phone that it confirms.</summary>
interface IPhoneCodes
{
    /// <summary>Whether it serves a pack here. The first that does is taken; where none does, no application is taken.</summary>
    bool Serves(string pack);

    /// <summary>The code is shown on the page, because nothing is sent.</summary>
    bool IsShown { get; }

    /// <returns>Whether it was handed over.</returns>
    Task<bool> Send(string pack, string phone, string code, CancellationToken cancellationToken);
}
