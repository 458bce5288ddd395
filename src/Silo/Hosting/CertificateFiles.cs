using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GridActors.Silo.Hosting;

/// <summary>
/// The certificate that the service shows, and its key, both as PEM files. They are read again when they change, so that a renewed
/// certificate needs no restart.
/// </summary>
sealed partial class CertificateFiles
{
    readonly Lock _lock = new();
    readonly string _certificate;
    readonly string _key;
    readonly ILogger _logger;
    SslStreamCertificateContext _current;
    (DateTime, DateTime) _changed;

    /// <exception cref="StartException">They can't be read, or don't belong together.</exception>
    public CertificateFiles(string certificate, string key, ILogger<CertificateFiles> logger)
    {
        (_certificate, _key, _logger) = (certificate, key, logger);
        try
        {
            _changed = Changed();
            _current = Read();
        }
        catch (Exception e) when (IsUnusable(e))
        {
            throw new StartException($"The certificate {certificate} with the key {key} can't be used: {e.Message}", e);
        }
    }

    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            try
            {
                var changed = Changed();
                if (changed == _changed)
                    return _current;
                // Also when reading fails: a file that is half written is read again when the rest is there, and not before.
                _changed = changed;
                _current = Read();
            }
            catch (Exception e) when (IsUnusable(e))
            {
                LogNotRead(e);
            }
            return _current;
        }
    }

    (DateTime, DateTime) Changed() => (File.GetLastWriteTimeUtc(_certificate), File.GetLastWriteTimeUtc(_key));

    /// <summary>The first certificate of the file is the service's; the others lead to the one that browsers know.</summary>
    SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(_certificate, _key), chain, offline: true);
    }

    static bool IsUnusable(Exception e) => e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
