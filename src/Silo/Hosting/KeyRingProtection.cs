using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace GridActors.Silo.Hosting;

/// <summary>Settings, section <c>KeyRing</c>: files in PEM, the same for all processes that share a database.</summary>
sealed class KeyRingOptions
{
    public string Certificate { get; set; } = "";
    public string Key { get; set; } = "";
}

/// <summary>
/// Encrypts the keys that data protection keeps in the database with a certificate, so that a copy of the database alone tells no secret.
/// </summary>
static class KeyRingProtection
{
    public static void AddKeyRingProtection(this WebApplicationBuilder builder)
    {
        var options = new KeyRingOptions();
        builder.Configuration.GetSection("KeyRing").Bind(options, o => o.ErrorOnUnknownConfiguration = true);
        if ((options.Certificate, options.Key) is ("", ""))
            return;
        var certificate = Read(options);
        builder.Services.AddDataProtection().ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
    }

    static X509Certificate2 Read(KeyRingOptions options)
    {
        if (options.Certificate == "" || options.Key == "")
            throw new StartException("The key ring is encrypted with both of KeyRing: Certificate and Key.");
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(options.Certificate, options.Key);
            using var key = certificate.GetRSAPrivateKey();
            return key is null ? throw new StartException($"{options.Certificate} (KeyRing:Certificate) has no RSA key.") : certificate;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartException($"{options.Certificate} or {options.Key} (KeyRing) can't be read: {e.Message}", e);
        }
    }
}
