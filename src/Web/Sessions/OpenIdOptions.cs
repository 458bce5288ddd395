namespace GridActors.Web.Sessions;

/// <summary>Settings of the county's own identity provider (OpenID Connect), section <c>OpenId</c>.</summary>
public sealed class OpenIdOptions
{
    public const string Section = "OpenId";

    /// <summary>The provider's address. Empty: there is none, and people sign in with passwords.</summary>
    public string Authority { get; set; } = "";
    public string ClientId { get; set; } = "";

    /// <summary>A file that holds the client's secret; <see cref="ClientSecret"/> is for an environment variable.</summary>
    public string ClientSecretFile { get; set; } = "";
    public string ClientSecret { get; set; } = "";

    /// <summary>The claim that holds a person's id. The provider must not let people change it, nor give it to somebody else.</summary>
    public string PersonClaim { get; set; } = "preferred_username";

    /// <summary>The pack of the people; empty where ids say it themselves (<c>pack/id</c>), or no two packs have the same.</summary>
    public string Pack { get; set; } = "";

    /// <summary>The claim isn't in the id token and has to be asked for.</summary>
    public bool AsksUserInfo { get; set; }
    public string Scope { get; set; } = "openid profile";

    /// <summary>What the sign-in page calls the provider.</summary>
    public string Name { get; set; } = "统一身份认证";
    public string NameEn { get; set; } = "your organisation's account";

    public bool IsSet => Authority.Length > 0;

    /// <returns>What is wrong with the settings, each a sentence.</returns>
    internal IEnumerable<string> Complaints()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.Scheme is not ("https" or "http"))
            yield return "OpenId:Authority is no https address.";
        else if (authority.Scheme == "http" && !authority.IsLoopback)
            yield return "OpenId:Authority is http, so that anybody on the way could sign in as anybody: it must be https.";
        if (ClientId.Length == 0)
            yield return "OpenId:ClientId is missing.";
        if (PersonClaim.Length == 0)
            yield return "OpenId:PersonClaim is missing.";
        if (ReadSecret() is { } complaint)
            yield return complaint;
    }

    /// <returns>Why the file can't be read; null when it was, or there is none.</returns>
    string? ReadSecret()
    {
        if (ClientSecretFile.Length == 0)
            return null;
        try
        {
            ClientSecret = File.ReadAllText(ClientSecretFile).Trim();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"OpenId:ClientSecretFile can't be read: {e.Message}";
        }
    }
}
