using System.Net.Sockets;
using GridActors.Harness;

namespace GridActors.Claims;

/// <summary>Claims at a rate of their own, whatever the answers do; times count from when a claim was meant to be sent.</summary>
static class Paced
{
    public static async Task<(Histogram Times, int Errors, double PerSecond)> Claim(
        ServiceProcess service, IReadOnlyList<OfferedCase> cases, double rate, TimeSpan duration, int connections, CancellationToken cancellationToken)
    {
        var requests = cases.Select(c => service.Api.Request("POST", $"/api/cases/{c.Id}/claim", c.Token, c.Id)).ToList();
        return await Pace.Run(rate, duration, connections, async (number, ct) =>
        {
            try
            {
                return (await service.Api.Send(requests[number], _ => 0, ct)).Status == 200;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                return false;
            }
        }, cancellationToken);
    }
}
