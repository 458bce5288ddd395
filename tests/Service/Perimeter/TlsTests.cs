using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GridActors.Silo.Hosting;

namespace GridActors.Service.Tests.Perimeter;

/// <summary>The process ends TLS by itself.</summary>
public sealed class TlsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-tls-").FullName;

    string CertificateFile => Path.Combine(_folder, "certificate.pem");
    string KeyFile => Path.Combine(_folder, "key.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_changed_certificate_is_shown_without_a_restart_and_an_unusable_one_is_not()
    {
        var first = Write();
        await using var service = await Start();
        Assert.Equal(first, await Shown(service.Url));

        var second = Write();
        Assert.Equal(second, await Shown(service.Url));

        await File.WriteAllTextAsync(CertificateFile, "not a certificate");
        Assert.Equal(second, await Shown(service.Url));
        var third = Write();
        Assert.Equal(third, await Shown(service.Url));
    }

    [Fact]
    public async Task Browsers_are_told_to_stay_with_TLS_and_the_cookie_is_for_TLS_alone()
    {
        Write();
        await using var service = await Start();
        using var http = Trusting(_ => { });
        http.DefaultRequestHeaders.Host = "grid.example";

        using var signedIn = await http.PostAsync(
            new Uri(service.Url, "/api/session"),
            new StringContent(
                $$"""{"account":"qinghe/worker-1","password":"{{TestService.Password}}"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            )
        );

        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        Assert.Equal("max-age=31536000", signedIn.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.All(signedIn.Headers.GetValues("Set-Cookie"), c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(HttpVersion.Version20, signedIn.Version);
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_named_in_one_sentence()
    {
        Write();
        var certificate = await File.ReadAllTextAsync(CertificateFile);
        Write();
        await File.WriteAllTextAsync(CertificateFile, certificate);

        var failure = await Assert.ThrowsAsync<StartException>(Start);

        Assert.Contains(CertificateFile, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    Task<TestService> Start() =>
        TestService.Start(
            url: "https://127.0.0.1:0",
            change: s => s with { CertificateFile = CertificateFile, KeyFile = KeyFile, Overrides = ["AllowedHosts=*.example;127.0.0.1"] }
        );

    /// <returns>The thumbprint of a new certificate, which stands in the files with its key.</returns>
    string Write()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=grid.example", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    static async Task<string> Shown(Uri url)
    {
        var shown = "";
        using var http = Trusting(c => shown = c.Thumbprint);
        (await http.GetAsync(new Uri(url, "/health/live"))).EnsureSuccessStatusCode();
        return shown;
    }

    static HttpClient Trusting(Action<X509Certificate2> seen) =>
        new(
            new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
                {
                    seen(certificate!);
                    return true;
                },
            }
        )
        {
            DefaultRequestVersion = HttpVersion.Version20,
        };
}
