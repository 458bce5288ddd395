using GridActors.Domain.Packs;
using GridActors.Storage.GridCards;
using Microsoft.Extensions.Caching.Memory;

namespace GridActors.Web.GridCards;

/// <summary>
/// What printed codes open, kept for a moment: a poster at a market is scanned by many. Only what exists is kept, so that guesses fill
/// nothing; a process that didn't make a change shows the card from before it for that moment.
/// </summary>
sealed class ShownCards(TimeProvider clock) : IDisposable
{
    const int Max = 1000;
    static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    readonly MemoryCache _cards = new(new MemoryCacheOptions { SizeLimit = Max });

    /// <summary>A card belongs to the pack that it was made of: with a new version, or a leave that began, it is made anew.</summary>
    sealed record Kept(CardCode Code, LoadedPack Pack, GridCardJson Card, long At);

    public void Dispose() => _cards.Dispose();

    public (CardCode Code, GridCardJson Card)? Of(string code, Func<CardCode, LoadedPack?> packOf) =>
        _cards.Get(code) is Kept kept && clock.GetElapsedTime(kept.At) < KeptFor && ReferenceEquals(packOf(kept.Code), kept.Pack)
            ? (kept.Code, kept.Card)
            : null;

    public void Keep(CardCode code, LoadedPack pack, GridCardJson card) =>
        _cards.Set(
            code.Code,
            new Kept(code, pack, card, clock.GetTimestamp()),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeptFor }
        );

    /// <summary>Something was changed here: whoever did it wants to see it.</summary>
    public void Forget() => _cards.Clear();
}
