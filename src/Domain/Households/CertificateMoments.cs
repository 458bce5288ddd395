using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Households;

/// <summary>When a certificate's case is raised: as long before it lapses as the pack says, when the offices open.</summary>
public static class CertificateMoments
{
    static readonly TimeSpan Morning = TimeSpan.FromHours(8);

    /// <summary>The certificates of a household for which no case was raised yet, with when that is due; the first one first.</summary>
    public static ImmutableArray<(ResidentView Resident, Certificate Certificate, CertificateRule Rule, DateTimeOffset At)> Of(
        HouseholdView view,
        LoadedPack pack
    )
    {
        if (pack.Pack.Households is not { } rules)
            return [];
        return
        [
            .. view
                .Living.SelectMany(r => r.Certificates.Select(c => (Resident: r, Certificate: c)))
                .Where(x => x.Certificate.RaisedCase is null)
                .Select(x => (x.Resident, x.Certificate, Rule: rules.Certificate(x.Certificate.Kind)))
                .Where(x => x.Rule is not null && pack.Categories.ContainsKey(x.Rule.Category))
                .Select(x => (x.Resident, x.Certificate, x.Rule!, At: At(x.Certificate, x.Rule!, pack)))
                .OrderBy(x => x.At),
        ];
    }

    static DateTimeOffset At(Certificate certificate, CertificateRule rule, LoadedPack pack) =>
        pack.Start(rule.Lead.Before(certificate.ExpiresOn)) + Morning;
}
