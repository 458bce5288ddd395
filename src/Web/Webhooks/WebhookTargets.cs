using System.Net;
using Microsoft.Extensions.Options;
using StandardWebhooks;

namespace GridActors.Web.Webhooks;

/// <summary>A system of a pack that this deployment knows how to reach.</summary>
public sealed record WebhookTarget(
    string Pack,
    string System,
    Uri Address,
    IReadOnlyList<string> Secrets,
    IReadOnlyList<string> AnswerSecrets
)
{
    /// <summary>The header <c>webhook-signature</c>: one signature of each key.</summary>
    public string Sign(string message, DateTimeOffset at, string body) =>
        string.Join(' ', Secrets.Select(s => new StandardWebhook(s).Sign(message, at, body)));
}

/// <summary>The systems of the settings, each with its keys.</summary>
public sealed class WebhookTargets
{
    const string SecretPrefix = "whsec_";
    const int MinKeyBytes = 24;
    const int MaxKeyBytes = 64;

    readonly Dictionary<(string Pack, string System), WebhookTarget> _targets = [];

    /// <exception cref="OptionsValidationException">A setting isn't valid.</exception>
    public WebhookTargets(WebhookOptions options)
    {
        var complaints = new List<string>();
        foreach (var (pack, systems) in options.Systems)
        foreach (var (system, endpoint) in systems)
            if (Read($"{WebhookOptions.Section}:Systems:{pack}:{system}", pack, system, endpoint, options, complaints) is { } target)
                _targets.Add((pack, system), target);
        complaints.AddRange(
            options
                .AllowedNetworks.Where(n => !IPNetwork.TryParse(n, out _))
                .Select(n => $"{WebhookOptions.Section}:AllowedNetworks has {n}, which is no network like 10.20.0.0/16.")
        );
        if (complaints.Count > 0)
            throw new OptionsValidationException(WebhookOptions.Section, typeof(WebhookOptions), complaints);
    }

    public IEnumerable<WebhookTarget> All => _targets.Values;

    public WebhookTarget? Find(string pack, string system) => _targets.GetValueOrDefault((pack, system));

    static WebhookTarget? Read(
        string section,
        string pack,
        string system,
        WebhookEndpoint endpoint,
        WebhookOptions options,
        List<string> complaints
    )
    {
        var before = complaints.Count;
        if (!Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            complaints.Add($"{section}:Url is no https address.");
        else if (address.Scheme == "http" && !options.AllowHttp)
            complaints.Add($"{section}:Url is http, so that anybody on the way could read it: it must be https.");
        var secrets = Keys($"{section}:Secret", endpoint.Secret, endpoint.SecretFile, complaints);
        var answers = Keys($"{section}:AnswerSecret", endpoint.AnswerSecret, endpoint.AnswerSecretFile, complaints);
        if (secrets.Count == 0 && complaints.Count == before)
            complaints.Add($"{section}:SecretFile is missing.");
        return complaints.Count == before ? new(pack, system, address!, secrets, answers) : null;
    }

    static IReadOnlyList<string> Keys(string setting, string value, string file, List<string> complaints)
    {
        try
        {
            var text = file.Length > 0 ? File.ReadAllText(file) : value;
            var secrets = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (!secrets.All(IsSecret))
                complaints.Add($"{setting} is no key of Standard Webhooks: whsec_ and 24 to 64 bytes in base64.");
            return secrets;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            complaints.Add($"{setting}File can't be read: {e.Message}");
            return [];
        }
    }

    static bool IsSecret(string text)
    {
        Span<byte> key = stackalloc byte[MaxKeyBytes + 2];
        return text.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[SecretPrefix.Length..], key, out var length)
            && length is >= MinKeyBytes and <= MaxKeyBytes;
    }
}
