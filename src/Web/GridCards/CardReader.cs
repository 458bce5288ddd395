using System.Globalization;
using GridActors.Domain.GridCards;
using GridActors.Domain.Packs;
using GridActors.Storage.GridCards;
using GridActors.Storage.Time;

namespace GridActors.Web.GridCards;

/// <summary>Makes an area's card of the pack and of what was entered to be shown.</summary>
sealed class CardReader(CardPeople people, CardStations stations, ServiceTime clock)
{
    public async Task<(GridCardJson Card, CardStation? Station)> Read(
        LoadedPack pack,
        AreaNode area,
        bool registers,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var holders = CardHolder.Of(pack, area, now);
        var shown = await people.Of([.. holders.Select(h => h.Person)], cancellationToken);
        var station = await stations.Of(area, cancellationToken);
        return (
            new(
                pack.Pack.Name,
                pack.Pack.NameEn,
                area.Name,
                Within(area),
                [.. holders.Where(h => shown.ContainsKey(h.Person)).Select(h => Of(h, shown[h.Person], pack))],
                station is null ? null : new(station.Name, NullIfEmpty(station.Address), NullIfEmpty(station.Phone)),
                Of(OfficeWeek.Of(pack.WorkingTime, now), pack),
                registers
            ),
            station
        );
    }

    /// <summary>The names from the nearest area above up to the one below the root, which the place's own name says.</summary>
    public static IReadOnlyList<string> Within(AreaNode area) =>
        [.. area.Upwards().Skip(1).TakeWhile(a => a.Parent is not null).Select(a => a.Name)];

    static CardPersonJson Of(CardHolder holder, CardPerson shown, LoadedPack pack) =>
        new(
            shown.ShowsName ? pack.NameOf(holder.Person) : null,
            holder.Post.Name,
            holder.Post.NameEn,
            NullIfEmpty(shown.Phone),
            shown.Portrait,
            holder.StandsIn
        );

    static OfficeWeekJson Of(OfficeWeek week, LoadedPack pack)
    {
        return new(
            week.IsOpen,
            week.Changes,
            [.. week.Days.Select(d => new OfficeDayJson(d.Day, [.. d.Hours.Select(h => new OfficeSpanJson(At(h.Opens), At(h.Closes)))]))]
        );

        string At(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, pack.TimeZone).ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
