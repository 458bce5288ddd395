using GridActors.Storage.Outbox;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Webhooks;

/// <summary>A robot of a pack whose key this deployment has.</summary>
/// <param name="Address">Where its messages go. It holds the key, and is never written anywhere.</param>
public sealed record RobotTarget(string Pack, string Robot, Uri Address)
{
    public override string ToString() => RobotMessages.TargetOf(Robot);
}

/// <summary>The robots of the settings.</summary>
public sealed class RobotTargets
{
    const int MinKey = 8;
    const int MaxKey = 128;

    readonly Dictionary<(string Pack, string Robot), RobotTarget> _targets = [];

    /// <exception cref="OptionsValidationException">A setting isn't valid.</exception>
    public RobotTargets(WebhookOptions options)
    {
        var complaints = new List<string>();
        if (options.Robots.Count > 0 && Complaint(options) is { } wrong)
            complaints.Add(wrong);
        foreach (var (pack, robots) in options.Robots)
        foreach (var (robot, endpoint) in robots)
        {
            var setting = $"{WebhookOptions.Section}:Robots:{pack}:{robot}";
            var key = Key(setting, endpoint, complaints);
            if (complaints.Count == 0)
                _targets.Add((pack, robot), new(pack, robot, AddressOf(options.RobotAddress, key)));
        }
        if (complaints.Count > 0)
            throw new OptionsValidationException(WebhookOptions.Section, typeof(WebhookOptions), complaints);
    }

    public IEnumerable<RobotTarget> All => _targets.Values;

    public RobotTarget? Find(string pack, string robot) => _targets.GetValueOrDefault((pack, robot));

    static Uri AddressOf(string address, string key) => new(new(address), $"/cgi-bin/webhook/send?key={Uri.EscapeDataString(key)}");

    static string? Complaint(WebhookOptions options)
    {
        var setting = $"{WebhookOptions.Section}:{nameof(WebhookOptions.RobotAddress)}";
        if (!Uri.TryCreate(options.RobotAddress, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            return $"{setting} is no https address.";
        return address.Scheme == "http" && !options.AllowHttp
            ? $"{setting} is http, so that anybody on the way could read the keys: it must be https."
            : null;
    }

    static string Key(string setting, RobotEndpoint endpoint, List<string> complaints)
    {
        try
        {
            var key = endpoint.KeyFile.Length > 0 ? File.ReadAllText(endpoint.KeyFile).Trim() : endpoint.Key;
            // Whoever copies the whole address from the group would send the key as a part of another key.
            if (key.Length is < MinKey or > MaxKey || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                complaints.Add($"{setting}:KeyFile has no key of a robot: it is what follows key= in the robot's address.");
            return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            complaints.Add($"{setting}:KeyFile can't be read: {e.Message}");
            return "";
        }
    }
}
