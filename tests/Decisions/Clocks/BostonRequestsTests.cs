using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Clocks;
using Xunit.Abstractions;
using static GridActors.Decisions.Tests.Clocks.GivenTime;

namespace GridActors.Decisions.Tests.Clocks;

/// <summary>
/// Due times against those that a city set for 47,000 real requests, and its own flags of which were overdue. The terms aren't in the
/// file: a type's usual one is taken. docs/clocks.md explains the kinds of deviations.
/// </summary>
public sealed class BostonRequestsTests(ITestOutputHelper output)
{
    /// <summary>The city writes some due times a second short.</summary>
    static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>The city's terms run through its holidays, but not through weekends.</summary>
    static readonly WorkingTime Boston = new(Weekends(new OfficeInterval(8 * 60 + 30, 17 * 60)), "America/New_York");

    enum Kind
    {
        /// <summary>The same due time.</summary>
        Same,

        /// <summary>The same day; the city's terms end at the hour of the opening, ours at the close of office hours.</summary>
        SameDay,

        /// <summary>Opened after 17:00: for the city that is the next morning.</summary>
        Evening,

        /// <summary>Opened on a weekend: the city starts with the next working day and doesn't count it.</summary>
        Weekend,

        /// <summary>The change of the clocks lies between: the city adds days on the calendar, ours are hours that pass.</summary>
        SummerTime,

        /// <summary>The city gave this request another term than is usual for its type.</summary>
        OtherTerm,
    }

    sealed record Request(string Type, DateTimeOffset Opened, DateTimeOffset Target, DateTimeOffset? Closed, string Flag);

    [Fact]
    public void Real_requests_are_due_and_overdue_as_the_city_said_but_for_known_kinds()
    {
        var requests = Read().ToList();
        var terms = requests.GroupBy(r => r.Type).ToDictionary(g => g.Key, g => Usual([.. g]));
        var judged = (
            from r in requests
            where terms[r.Type] is not null
            let due = Boston.Due(r.Opened, terms[r.Type]!.Value).At
            select (Kind: KindOf(r, terms[r.Type]!.Value, due), Flag: r.Flag, Computed: r.Closed <= due ? "ONTIME" : "OVERDUE", r.Closed)
        ).ToList();
        var flagged = judged.Where(j => j.Closed is not null && j.Flag.Length > 0).ToList();
        var differ = flagged.Where(j => j.Computed != j.Flag).ToList();
        foreach (var kind in Enum.GetValues<Kind>())
            output.WriteLine(
                $"{kind}: {judged.Count(j => j.Kind == kind)} due times, {flagged.Count(j => j.Kind == kind)} closed, "
                    + $"{differ.Count(d => d.Kind == kind)} flags differ"
            );
        output.WriteLine($"{judged.Count} of {requests.Count} judged; {flagged.Count - differ.Count} of {flagged.Count} flags equal");

        Assert.Equal(Expected, Enum.GetValues<Kind>().Select(k => (k, judged.Count(j => j.Kind == k), differ.Count(d => d.Kind == k))));
        Assert.InRange((double)differ.Count / flagged.Count, 0, 0.02);
    }

    static IEnumerable<(Kind, int, int)> Expected =>
        [
            (Kind.Same, 4388, 0),
            (Kind.SameDay, 28389, 379),
            (Kind.Evening, 5165, 50),
            (Kind.Weekend, 4620, 212),
            (Kind.SummerTime, 3591, 1),
            (Kind.OtherTerm, 1018, 114),
        ];

    static Kind KindOf(Request request, Term term, DateTimeOffset due)
    {
        var (target, day) = (Boston.DayOf(request.Target), Boston.DayOf(due));
        if ((due - request.Target).Duration() <= Rounding)
            return Kind.Same;
        if (term.Unit == TermUnit.Hours)
            return (due - request.Target).Duration() <= TimeSpan.FromHours(1) + Rounding ? Kind.SummerTime : Kind.OtherTerm;
        if (target == day)
            return Kind.SameDay;
        if (!Boston.IsWorked(Boston.DayOf(request.Opened)))
            return Kind.Weekend;
        var isEvening = Boston.Local(request.Opened).Hour >= 17;
        return isEvening && Boston.DaysBetween(due, request.Target) == 1 ? Kind.Evening : Kind.OtherTerm;
    }

    /// <summary>The term that most requests of a type had, as hours or as working days. Null: longer than a term can be.</summary>
    static Term? Usual(IReadOnlyList<Request> requests)
    {
        var hours = MostOften(requests.Select(HoursOnTheCalendar).Where(h => h > 0));
        var days = MostOften(requests.Select(r => Boston.DaysBetween(r.Opened, r.Target)));
        var (count, unit) = hours.Times >= days.Times ? (hours.Value, TermUnit.Hours) : (days.Value, TermUnit.WorkingDays);
        return count is > 0 and <= Term.MaxCount ? new Term(count, unit) : null;
    }

    static (int Value, int Times) MostOften(IEnumerable<int> values) =>
        values.GroupBy(v => v).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2).ThenBy(g => g.Key).FirstOrDefault();

    /// <summary>0 when it isn't a number of whole hours.</summary>
    static int HoursOnTheCalendar(Request request)
    {
        var took = request.Target.DateTime - request.Opened.DateTime;
        var hours = Math.Round(took.TotalHours);
        return (took - TimeSpan.FromHours(hours)).Duration() <= Rounding ? (int)hours : 0;
    }

    static IEnumerable<Request> Read()
    {
        var file = Path.Combine(PackFolders.Packs, "..", "bench", "data", "boston_311_2011.csv.gz");
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
            if (At(csv.GetField("target_dt")!) is { } target)
                yield return new(
                    csv.GetField("type")!,
                    At(csv.GetField("open_dt")!)!.Value,
                    target,
                    At(csv.GetField("closed_dt")!),
                    csv.GetField("ontime")!
                );
    }

    /// <summary>Of an hour that came twice the first is meant.</summary>
    static DateTimeOffset? At(string local)
    {
        if (local.Length == 0)
            return null;
        var time = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new(time, Zone.IsAmbiguousTime(time) ? Zone.GetAmbiguousTimeOffsets(time).Max() : Zone.GetUtcOffset(time));
    }
}
