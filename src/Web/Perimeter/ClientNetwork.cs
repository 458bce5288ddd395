using System.Net;
using System.Net.Sockets;

namespace GridActors.Web.Perimeter;

/// <summary>What counts as one address when connections and failures are counted.</summary>
public static class ClientNetwork
{
    /// <summary>The address; for IPv6 the /64 network, because one subscriber has all of it.</summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
