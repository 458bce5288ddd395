using System.Net;
using System.Net.Sockets;
using GridActors.Storage.Accounts;
using GridActors.Web.Perimeter;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.Sessions;

/// <summary>Where a request comes from.</summary>
public static class Origin
{
    static readonly (string Mark, string Name)[] Browsers =
    [
        ("wxwork", "WeCom"),
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];

    static readonly (string Mark, string Name)[] Systems =
    [
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    public static SessionOrigin Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new(Address(context), Network(context), string.Join(", ", new[] { Name(Browsers), Name(Systems) }.OfType<string>()));

        string? Name((string Mark, string Name)[] known) =>
            known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
    }

    /// <summary>The address; for IPv6 the /64 network, because one subscriber has all of it.</summary>
    public static string Address(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        var network = ClientNetwork.Of(address);
        return network.AddressFamily == AddressFamily.InterNetworkV6 ? $"{network}/64" : network.ToString();
    }

    /// <summary>Enough of the address to tell the office from home.</summary>
    static string Network(HttpContext context) =>
        Remote(context) is not { } address ? ""
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? First(address, 6) + "/48"
        : First(address, 3) + "/24";

    static IPAddress? Remote(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    static IPAddress First(IPAddress address, int count)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(count).Clear();
        return new(bytes);
    }
}
