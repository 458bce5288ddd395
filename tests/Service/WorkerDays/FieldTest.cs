using System.Globalization;
using GridActors.Domain.Packs;

namespace GridActors.Service.Tests.WorkerDays;

/// <summary>A test of field work, in a pack of its own.</summary>
public abstract class FieldTest : SharedServiceTest
{
    int _sequence;

    protected sealed record ItemProblem(string Code, string Message, IReadOnlyDictionary<string, string> Fields);

    protected sealed record ItemAnswer(
        string? Id,
        string Outcome,
        DateOnly? Day,
        bool Late,
        string? Grade,
        string[] Reasons,
        string[] Flags,
        ItemProblem? Problem
    );

    protected sealed record BatchAnswer(DateTimeOffset Now, ItemAnswer[] Items);

    protected sealed record ShownPosition(double Lon, double Lat, double Accuracy, string Source, string Crs);

    protected sealed record ShownFlag(string Flag, int? Detail, string? ClearedBy, string? Reason);

    protected sealed record ShownVisit(HouseholdItemView[] Households, int HouseholdCount, string? PurposeName, ShownSettled[] Settled);

    protected sealed record ShownSettled(string Item, bool Done, string Note);

    protected sealed record ShownRecord(
        string Id,
        string Kind,
        DateTimeOffset At,
        DateTimeOffset? CorrectedAt,
        string Area,
        string? Grade,
        string[] Reasons,
        ShownFlag[] Flags,
        ShownPosition? Position,
        ShownVisit? Visit,
        string? Seen,
        string Note,
        string[] Photos,
        bool Late
    );

    protected sealed record ShownText(string Text, string? To);

    protected sealed record ShownGap(DateTimeOffset From, DateTimeOffset To);

    protected sealed record ShownPatrol(string Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, ShownGap[] Gaps);

    protected sealed record Day(
        string Person,
        DateOnly Day_,
        string State,
        bool Closed,
        int Corrections,
        ShownRecord[] Records,
        ShownPatrol[] Patrols,
        ShownText? Diary,
        ShownText? HandOver
    );

    protected string Pack { get; private set; } = "";
    protected Client Worker { get; private set; } = null!;
    protected Client Leader { get; private set; } = null!;
    protected static DateTimeOffset Now => DateTimeOffset.UtcNow;
    protected string Device { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Borders count, so that somebody can be outside of one.</summary>
    protected virtual Pack Made => TestPacks.Fresh() with { BoundariesAreSchematic = false, TimeZone = OneDay.NoonZone.Id };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Pack = (await Service.Load(Made)).Id;
        (Worker, Leader) = (await As("worker-1", Pack), await As("leader-a", Pack));
    }

    protected static object Here(double lon = 113.02, double lat = 27.02, double accuracy = 10) =>
        new
        {
            lon,
            lat,
            accuracy,
        };

    protected object Item(string kind, DateTimeOffset? at = null, object? position = null, string? id = null, string? area = null) =>
        new
        {
            id = id ?? NewId(),
            sequence = ++_sequence,
            at = Text(at ?? Now),
            kind,
            position = position ?? Here(Jitter(113.02), Jitter(27.02)),
            area,
        };

    protected object Visit(string[] households, DateTimeOffset? at = null, string? note = null, string? id = null) =>
        new
        {
            id = id ?? NewId(),
            sequence = ++_sequence,
            at = Text(at ?? Now),
            position = Here(Jitter(113.02), Jitter(27.02)),
            households,
            purpose = "routine",
            note,
            settled = new[]
            {
                new
                {
                    item = "hazards",
                    done = true,
                    note = "软管已换",
                },
            },
        };

    protected object Track(DateTimeOffset from, int points, int secondsApart = 30, double lon = 113.02) =>
        new
        {
            id = NewId(),
            sequence = ++_sequence,
            points = Enumerable
                .Range(0, points)
                .Select(i => new
                {
                    at = Text(from.AddSeconds(i * secondsApart)),
                    lon = lon + i * 0.0001,
                    lat = 27.02,
                    accuracy = 8,
                })
                .ToArray(),
        };

    /// <summary>Measured positions are never the very same.</summary>
    protected static double Jitter(double degrees) => degrees + Random.Shared.NextDouble() * 0.0002;

    protected static string NewId() => Guid.NewGuid().ToString();

    protected static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    protected Task<Answer> Send(string call, object[] items, Client? by = null, string? device = null, DateTimeOffset? sentAt = null) =>
        (by ?? Worker).Post(
            $"/api/{call}",
            new
            {
                device = device ?? Device,
                sentAt = Text(sentAt ?? Now),
                items,
            }
        );

    protected async Task<ItemAnswer[]> Sent(string call, params object[] items) =>
        (await Send(call, items)).Expect(200).As<BatchAnswer>().Items;

    protected async Task<Day> MyDay(Client? by = null) => (await (by ?? Worker).Get("/api/worker-days/me")).Expect(200).As<Day>();

    /// <summary>A moment of today in the pack's zone, so that what a test sends belongs to one day.</summary>
    protected static DateTimeOffset Ago(double minutes) => Now.AddMinutes(-minutes);

    /// <summary>Has the day of worker-1 called now, in place of when it ends.</summary>
    protected Task CloseNow() => Execute("update worker_day set call_at = now() where person = $1");

    /// <param name="statement">With the key of worker-1 as its parameter.</param>
    protected async Task Execute(string statement)
    {
        await using var command = Service.Data.CreateCommand(statement);
        command.Parameters.Add(new() { Value = $"{Pack}/worker-1" });
        await command.ExecuteNonQueryAsync();
    }

    protected async Task<string> Household(string name, Client? by = null, string area = "C-A1-1") => (
            await (by ?? Worker).Post(
                "/api/households",
                new
                {
                    area,
                    fields = new { address = "清河县解放街12号3栋502" },
                    residents = new[]
                    {
                        new
                        {
                            kind = "registered",
                            relation = "02",
                            fields = new { name },
                            groups = new[] { "elder-alone" },
                        },
                    },
                },
                Client.NewKey()
            )
        ).Expect(201).As<HouseholdView>().Id;
}
