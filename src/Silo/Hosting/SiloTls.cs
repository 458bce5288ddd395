using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GridActors.Grains;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace GridActors.Silo.Hosting;

/// <summary>
/// Settings, section <c>SiloTls</c>: files in PEM. Without them the ports between the processes of a cluster encrypt nothing.
/// </summary>
sealed class SiloTlsOptions
{
    /// <summary>The certificate that this process shows to the others, when it is called and when it calls.</summary>
    public string Certificate { get; set; } = "";
    public string Key { get; set; } = "";

    /// <summary>
    /// Whoever has a certificate of this authority belongs to the cluster, so it is one that was made for the cluster and signs nothing
    /// else.
    /// </summary>
    public string Authority { get; set; } = "";
}

/// <summary>Mutual TLS between the processes of a cluster.</summary>
static class SiloTls
{
    const string ServiceKey = "silo";

    public static void AddSiloTls(this WebApplicationBuilder builder)
    {
        var options = new SiloTlsOptions();
        builder.Configuration.GetSection("SiloTls").Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        if ((options.Certificate, options.Key, options.Authority) is ("", "", ""))
            return;
        if (options.Certificate == "" || options.Key == "" || options.Authority == "")
            throw new StartException("TLS between the processes of a cluster needs all of SiloTls: Certificate, Key and Authority.");
        var authority = ReadAuthority(options.Authority);
        var services = builder.Services;
        services.AddKeyedSingleton(
            ServiceKey,
            (s, _) => new CertificateFiles(options.Certificate, options.Key, s.GetRequiredService<ILogger<CertificateFiles>>())
        );
        services
            .AddOptions<SiloConnectionOptions>()
            .Configure<IServiceProvider>(
                (connections, s) =>
                {
                    var tls = Mutual(s, authority);
                    connections.ConfigureSiloInboundConnection(c => c.UseServerTls(tls));
                    connections.ConfigureGatewayInboundConnection(c => c.UseServerTls(tls));
                    connections.ConfigureSiloOutboundConnection(c => c.UseClientTls(tls));
                }
            );
        services
            .AddOptions<ClientConnectionOptions>()
            .Configure<IServiceProvider>((connections, s) => connections.ConfigureConnection(c => c.UseClientTls(Mutual(s, authority))));
    }

    static X509Certificate2Collection ReadAuthority(string file)
    {
        try
        {
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(file);
            return authority.Count > 0 ? authority : throw new StartException($"{file} (SiloTls:Authority) has no certificate.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException($"{file} (SiloTls:Authority) can't be read: {e.Message}", e);
        }
    }

    static TlsOptions Mutual(IServiceProvider services, X509Certificate2Collection authority)
    {
        var files = services.GetRequiredKeyedService<CertificateFiles>(ServiceKey);
        return new()
        {
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            LocalServerCertificateSelector = (_, _) => files.Current().TargetCertificate,
            LocalClientCertificateSelector = (_, _, _, _, _) => files.Current().TargetCertificate,
            // Processes find each other by addresses in the database, so a certificate needn't name one.
            RemoteCertificateValidation = (certificate, sent, _) => IsOfCluster(certificate, sent, authority),
            OnAuthenticateAsClient = (_, client) => client.TargetHost = GrainStorage.Service,
        };
    }

    static bool IsOfCluster(X509Certificate2 certificate, X509Chain? sent, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }
}
