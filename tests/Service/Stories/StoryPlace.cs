using System.Globalization;
using GridActors.Domain.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Stories;

/// <summary>
/// The service of one real place, at a time that the story sets. People are called by their post and area, and times are those of the
/// place.
/// </summary>
sealed class StoryPlace : IAsyncDisposable
{
    const string Minute = "yyyy-MM-dd HH:mm";

    readonly Pack _pack;
    readonly TestService _service;
    readonly SetClock _clock;
    readonly TimeZoneInfo _zone;

    StoryPlace(Pack pack, TestService service, SetClock clock, TimeZoneInfo zone) =>
        (_pack, _service, _clock, _zone) = (pack, service, clock, zone);

    /// <param name="time">When the story begins, as in <c>2026-03-12 09:05</c>.</param>
    /// <param name="settings">Settings of the service besides the defaults.</param>
    public static async Task<StoryPlace> Begin(string id, string time, IEnumerable<(string Name, string Value)>? settings = null)
    {
        var pack = TestPacks.Published(id);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(pack.TimeZone);
        var (clock, begin) = (new SetClock(), Moment(time, zone));
        clock.SetTo(begin.AddMinutes(-5));
        var service = await TestService.Start(
            b =>
            {
                b.Services.AddSingleton<TimeProvider>(clock);
                foreach (var (name, value) in settings ?? [])
                    b.Configuration[name] = value;
                // Sessions outlast the days that pass in a story.
                b.Configuration["Accounts:SessionLength"] = b.Configuration["Accounts:IdleTimeout"] = "30.00:00:00";
            },
            packs: [pack]
        );
        clock.SetTo(begin);
        return new(pack, service, clock, zone);
    }

    /// <summary>Lets time pass. What falls due meanwhile happens soon after, not at once.</summary>
    public void Later(string time) => _clock.SetTo(Moment(time, _zone));

    /// <summary>What time it is in the story.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>A time of the API as the place's clocks show it.</summary>
    public string Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone).ToString(Minute, CultureInfo.InvariantCulture);

    /// <summary>When the clock of a case is due, as the place's clocks show it.</summary>
    public string Due(CaseView view, string clock) => Local(view.Clocks.Single(c => c.Name == clock).DueAt);

    public string Code(string area) => _pack.Areas.Single(a => a.Name == area).Code;

    public string Name(string code) => _pack.Areas.Single(a => a.Code == code).Name;

    /// <summary>The one who holds a post in an area, or the first of them.</summary>
    public string Holder(string post, string area) => Holders(post, area)[0];

    public IReadOnlyList<string> Holders(string post, string area) =>
        [.. _pack.Holdings.Where(h => h.Post == post && h.Area == Code(area)).Select(h => h.Person)];

    /// <summary>The holders of two posts in an area, in the order of their ids.</summary>
    public IEnumerable<string> Sorted(string post, string other, string area) =>
        Holders(post, area).Concat(Holders(other, area)).Order(StringComparer.Ordinal);

    public Task<Client> As(string post, string area) => As(Holder(post, area));

    public Task<Client> As(string person) => _service.As(person, _pack.Id);

    /// <summary>A client that hasn't signed in.</summary>
    public Client Anybody() => _service.Anybody();

    public Task<HubClient> Screen(string post, string area) => _service.Connect(Holder(post, area), _pack.Id);

    /// <summary>Reports a case with a photo.</summary>
    public async Task<CaseView> Report(Client reporter, string category, string area, string title)
    {
        var photo = (await reporter.Upload(Pictures.Jpeg())).Expect(201).Body.GetProperty("id").GetString()!;
        var report = new
        {
            category,
            area = Code(area),
            title,
            photos = new[] { photo },
        };
        return (await reporter.Post("/api/cases", report, Client.NewKey())).Expect(201).As<CaseView>();
    }

    /// <summary>Ends the story: every board equals its cases, and every case its journal.</summary>
    public async Task IsConsistent()
    {
        var administering = _pack.Posts.Where(p => p.May.Contains(Permission.Administer)).Select(p => p.Id).ToHashSet();
        await BoardCounts.Verified(await As(_pack.Holdings.First(h => administering.Contains(h.Post)).Person));
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    static DateTimeOffset Moment(string time, TimeZoneInfo zone)
    {
        var local = DateTime.ParseExact(time, Minute, CultureInfo.InvariantCulture);
        return new(local, zone.GetUtcOffset(local));
    }
}
