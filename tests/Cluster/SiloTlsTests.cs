using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GridActors.Cluster.Tests;

/// <summary>With certificates, only their holders belong to the cluster.</summary>
public sealed class SiloTlsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-silo-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Processes_with_certificates_of_the_authority_work_together_and_no_other_process_takes_part()
    {
        var connectionString = await TestPostgres.NewDatabase();
        var (ours, others) = (Authority("ours"), Authority("others"));
        await using var silo = await ServiceProcess.Start(Settings("silo", Issue(ours, "silo")));
        await using var web = await ServiceProcess.Start(Settings("web", Issue(ours, "web")));
        var (dispatcher, worker) = (await web.As("dispatcher-1"), await web.As("worker-b12"));
        await using var screen = await web.Connect("dispatcher-1");
        var before = (await screen.WatchArea("C-B1-2")).Counts.Reported;

        var reported = await dispatcher.Report("C-B1-2");
        await screen.Next("AreaChanged", p => p.As<Frame>().Counts.Reported == before + 1);
        await worker.Do(reported.Id, "claim");

        await using var plain = new ServiceProcess(Settings("web", new Dictionary<string, string>()) with { Port = FreePort() });
        await IsRefused(plain, silo);
        await using var foreign = new ServiceProcess(Settings("web", Issue(others, "foreign")) with { Port = FreePort() });
        await IsRefused(foreign, foreign);
        Assert.Equal("claimed", (await worker.Case(reported.Id)).Status);

        ProcessSettings Settings(string role, IReadOnlyDictionary<string, string> environment) =>
            new()
            {
                ConnectionString = connectionString,
                Role = role,
                Environment = environment,
            };
    }

    /// <param name="witness">The process that notices that the two don't trust each other.</param>
    static async Task IsRefused(ServiceProcess stranger, ServiceProcess witness)
    {
        stranger.Launch();
        var url = new Uri($"http://127.0.0.1:{stranger.Settings.Port}");
        using var http = new HttpClient();
        await Eventually.Is(() => Task.FromResult(witness.Output.Contains("Authentication failed", StringComparison.Ordinal)));
        await Eventually.Is(async () =>
        {
            try
            {
                return await http.GetStringAsync(new Uri(url, "/health/live")) is { Length: > 0 };
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        using var ready = await http.GetAsync(new Uri(url, "/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("No silo answers.", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stranger.Kill();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static (X509Certificate2, ECDsa) Authority(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return (request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)), key);
    }

    /// <returns>The settings of a process that shows a certificate of this authority and trusts this authority.</returns>
    Dictionary<string, string> Issue((X509Certificate2 Certificate, ECDsa Key) authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            authority.Certificate,
            DateTimeOffset.UtcNow.AddHours(-1),
            DateTimeOffset.UtcNow.AddHours(1),
            RandomNumberGenerator.GetBytes(8)
        );
        return new()
        {
            ["SiloTls__Certificate"] = Write($"{name}.pem", certificate.ExportCertificatePem()),
            ["SiloTls__Key"] = Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()),
            ["SiloTls__Authority"] = Write($"{name}.authority", authority.Certificate.ExportCertificatePem()),
        };
    }

    string Write(string name, string pem)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, pem);
        return file;
    }
}
