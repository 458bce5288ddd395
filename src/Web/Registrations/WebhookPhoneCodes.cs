using System.Text.Json;
using GridActors.Web.Webhooks;

namespace GridActors.Web.Registrations;

/// <summary>
/// Hands codes over to the gateway of text messages that the settings name as the system <c>phone-codes</c> of a pack, by a signed webhook.
/// It doesn't go through the outbox: a code is good for minutes, and the outbox would keep the phone.
/// </summary>
sealed class WebhookPhoneCodes(WebhookTargets targets, WebhookClient client) : IPhoneCodes
{
    public const string System = "phone-codes";

    public bool Serves(string pack) => targets.Find(pack, System) is not null;

    public bool IsShown => false;

    public async Task<bool> Send(string pack, string phone, string code, CancellationToken cancellationToken)
    {
        if (targets.Find(pack, System) is not { } target)
            return false;
        var body = JsonSerializer.Serialize(
            new
            {
                type = "phone-code",
                pack,
                phone,
                code,
            }
        );
        return (await client.Send(target, Guid.CreateVersion7(), body, cancellationToken)).Result == DeliveryResult.Taken;
    }
}
