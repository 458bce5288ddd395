using System.Net.Sockets;
using GridActors.Harness;

namespace GridActors.Claims;

/// <summary>Claims at a fixed rate, however slow the answers are. Times count from when a claim was due to be sent.</summary>
static class Paced
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task<(Histogram Times, int Errors, double PerSecond)> Claim(
        MeasuredService service,
        IReadOnlyList<OfferedCase> cases,
        double rate,
        TimeSpan duration,
        int connections,
        CancellationToken cancellationToken
    )
    {
        var requests = cases.Select(c => service.Api.Request("POST", $"/api/cases/{c.Id}/claim", c.Token, c.Id)).ToList();
        // Warms up this client's connections and code.
        var (_, refused, _) = await Run(0, WarmUp);
        var (times, errors, perSecond) = await Run((int)(rate * WarmUp.TotalSeconds), duration);
        return (times, refused + errors, perSecond);

        Task<(Histogram Times, int Errors, double PerSecond)> Run(int first, TimeSpan length) =>
            Pace.Run(
                rate,
                length,
                connections,
                async (number, ct) =>
                {
                    try
                    {
                        return (await service.Api.Send(requests[first + number], _ => 0, ct)).Status == 200;
                    }
                    catch (Exception e) when (e is IOException or SocketException)
                    {
                        return false;
                    }
                },
                cancellationToken
            );
    }
}
