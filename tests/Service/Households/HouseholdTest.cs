using System.Globalization;

namespace GridActors.Service.Tests.Households;

/// <summary>A test with households of the shared service.</summary>
public abstract class HouseholdTest : SharedServiceTest
{
    /// <summary>A number and a phone of this test's own, because all tests share the service.</summary>
    protected string IdNumber { get; } = NewIdNumber();
    protected string Phone { get; } = $"138{Random.Shared.Next(100_000_000):D8}";

    protected Client Worker { get; private set; } = null!;
    protected Client Clerk { get; private set; } = null!;
    protected Client Dispatcher { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        (Worker, Clerk, Dispatcher) = (await As("worker-1"), await As("clerk-a1"), await As("dispatcher-1"));
    }

    protected static (string, bool) Of(ResidentView resident, string field) =>
        (resident.Fields[field].Value, resident.Fields[field].Masked);

    protected static HouseholdItemView Mine(string id, IReadOnlyList<HouseholdItemView> items) => items.Single(i => i.Id == id);

    protected object Body(
        string name,
        string area,
        IReadOnlyList<string>? groups = null,
        IReadOnlyList<string>? others = null,
        object[]? certificates = null
    ) =>
        new
        {
            area,
            fields = new
            {
                address = "清河县解放街12号3栋502",
                phone = "13800001234",
                waterSource = "1",
            },
            residents = new object[]
            {
                new
                {
                    kind = "registered",
                    relation = "02",
                    fields = new
                    {
                        name,
                        idType = "111",
                        idNumber = IdNumber,
                        phone = Phone,
                    },
                    groups,
                    certificates,
                },
            }
                .Concat((others ?? []).Select(o => new { kind = "registered", fields = new { name = o } }))
                .ToArray(),
        };

    protected async Task<HouseholdView> Create(
        Client client,
        string name,
        IReadOnlyList<string>? groups = null,
        IReadOnlyList<string>? others = null
    ) => (await client.Post("/api/households", Body(name, "C-A1-1", groups, others), Client.NewKey())).Expect(201).As<HouseholdView>();

    protected static async Task<IReadOnlyList<HouseholdItemView>> List(Client client, string area, string more = "")
    {
        var items = new List<HouseholdItemView>();
        string? next = null;
        do
        {
            var page = (await client.Get($"/api/households?area={area}&limit=200{more}{(next is null ? "" : $"&cursor={next}")}"))
                .Expect(200)
                .As<Page<HouseholdItemView>>();
            items.AddRange(page.Items);
            next = page.Next;
        } while (next is not null);
        return items;
    }

    protected static async Task<IReadOnlyList<FoundResidentView>> Found(Client client, string text) =>
        (await client.Post("/api/residents/search", new { text })).Expect(200).As<Page<FoundResidentView>>().Items;

    /// <summary>A valid number in a made-up place (GB 11643-1999).</summary>
    protected static string NewIdNumber()
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var digits = string.Create(CultureInfo.InvariantCulture, $"99000119491231{Random.Shared.Next(1000):D3}");
        // Of all residents of the tests, few have one day of birth and one number.
        digits =
            digits[..6]
            + new DateOnly(1949, 1, 1).AddDays(Random.Shared.Next(365)).ToString("yyyyMMdd", CultureInfo.InvariantCulture)
            + digits[14..];
        return digits + "10X98765432"[digits.Select((d, i) => (d - '0') * weights[i]).Sum() % 11];
    }
}
