using System.Net.Sockets;
using GridActors.Web.Perimeter;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Sessions;

/// <summary>Where a request comes from.</summary>
static class Origin
{
    /// <summary>The address; for IPv6 the /64 network, because one subscriber has all of it.</summary>
    public static string Address(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        var network = ClientNetwork.Of(address);
        return network.AddressFamily == AddressFamily.InterNetworkV6 ? $"{network}/64" : network.ToString();
    }
}
