using System.Net;
using System.Net.Sockets;
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
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
