using System.ComponentModel.DataAnnotations;

namespace GridActors.Web.Webhooks;

/// <summary>Settings of messages to other systems, section <c>Webhooks</c>. docs/webhooks.md describes them.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>The systems that a pack names: pack, then system.</summary>
    public Dictionary<string, Dictionary<string, WebhookEndpoint>> Systems { get; set; } = [];

    /// <summary>The robots of group chats that a pack names: pack, then robot.</summary>
    public Dictionary<string, Dictionary<string, RobotEndpoint>> Robots { get; set; } = [];

    /// <summary>Where robots are reached: WeCom's (企业微信) public address, or that of a gateway or of WeCom's local edition.</summary>
    public string RobotAddress { get; set; } = "https://qyapi.weixin.qq.com";

    /// <summary>
    /// The shortest time between two messages of one robot. WeCom takes 20 in a minute, so a little more than three seconds keeps below
    /// that in every minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RobotInterval { get; set; } = TimeSpan.FromSeconds(3.3);

    /// <summary>How long one attempt may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait after each attempt that failed. Empty: as Standard Webhooks recommends.</summary>
    public TimeSpan[] Retries { get; set; } = [];

    /// <summary>Networks that aren't public and to which messages may go all the same, e.g. <c>10.20.0.0/16</c>.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Whether messages may go out without TLS.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>How long messages are kept that were sent.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>Where another system is, and the keys of both directions.</summary>
public sealed class WebhookEndpoint
{
    public string Url { get; set; } = "";

    /// <summary>
    /// A file with the key that signs what is sent: <c>whsec_…</c>. While a key is replaced it has two, one a line, and both sign.
    /// <see cref="Secret"/> is for an environment variable.
    /// </summary>
    public string SecretFile { get; set; } = "";
    public string Secret { get; set; } = "";

    /// <summary>A file with the key by which the other system signs its answers. Without one, its answers aren't taken.</summary>
    public string AnswerSecretFile { get; set; } = "";
    public string AnswerSecret { get; set; } = "";
}

/// <summary>The key of a robot: who has it can write to the group.</summary>
public sealed class RobotEndpoint
{
    /// <summary>
    /// A file with the key: what follows <c>key=</c> in the robot's address. <see cref="Key"/> is for an environment variable.
    /// </summary>
    public string KeyFile { get; set; } = "";
    public string Key { get; set; } = "";
}
