using System.Net;
using System.Net.Security;
using GridActors.Web.Perimeter;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace GridActors.Silo.Hosting;

/// <summary>Where the process listens, for whom, and with which limits.</summary>
static class Listening
{
    public static void AddListening(this WebApplicationBuilder builder, ServiceSettings settings)
    {
        var services = builder.Services;
        services
            .AddOptions<LimitOptions>()
            .BindConfiguration("Limits", o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.Configure<KestrelServerOptions>(builder.Configuration.GetSection("Kestrel"));
        // Before an address to listen on is named: addresses get the limits that are set by then.
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ConnectionLimits>();
        if (settings.CertificateFile is { } certificate)
            services.AddTls(new Uri(settings.Url), certificate, settings.KeyFile ?? certificate);
        else
            builder.WebHost.UseUrls(settings.Url);

        var isExposed = !IsLocal(settings, builder.Configuration);
        services.AddSingleton(new DemoExposure(isExposed));
        if (settings.DemoPassword is null)
            return;
        if (isExposed && !settings.IsDemoAskedFor)
            throw new StartException(
                $"Other machines reach {settings.Url}, and in a demo anybody there can sign in as anybody: say --demo true if that is "
                    + "meant, or --demo false to sign in with accounts of your own."
            );
        // A page that makes its own name point at this machine (DNS rebinding) would otherwise get a demo's data.
        if (!isExposed && builder.Configuration["AllowedHosts"] is null or "*")
            services.Configure<HostFilteringOptions>(o => o.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
    }

    /// <summary>Whether only this machine reaches the service.</summary>
    static bool IsLocal(ServiceSettings settings, IConfiguration configuration) =>
        configuration
            .GetSection("Kestrel:Endpoints")
            .GetChildren()
            .Select(endpoint => endpoint["Url"] ?? "")
            .Prepend(settings.Url)
            .All(url => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback);

    static void AddTls(this IServiceCollection services, Uri url, string certificate, string key)
    {
        services.AddSingleton(s => new CertificateFiles(certificate, key, s.GetRequiredService<ILogger<CertificateFiles>>()));
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<CertificateFiles>(
                (kestrel, files) =>
                {
                    if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
                        kestrel.Listen(address, url.Port, Secure);
                    else
                        kestrel.ListenLocalhost(url.Port, Secure);

                    void Secure(ListenOptions endpoint) =>
                        endpoint.UseHttps(
                            new TlsHandshakeCallbackOptions
                            {
                                OnConnection = _ =>
                                    ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = files.Current() }),
                            }
                        );
                }
            );
    }
}
