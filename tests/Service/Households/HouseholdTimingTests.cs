using System.Diagnostics;
using Xunit.Abstractions;

namespace GridActors.Service.Tests.Households;

/// <summary>How long an answer takes tells nobody whether there is somebody whom they may not see.</summary>
public sealed class HouseholdTimingTests(ITestOutputHelper output) : HouseholdTest
{
    const int Pairs = 60;
    const double MaxRatio = 1.5;

    [Theory]
    [InlineData("number")]
    [InlineData("phone")]
    [InlineData("name")]
    public async Task Search_for_somebody_elsewhere_takes_as_long_as_for_nobody(string by)
    {
        await Create(Worker, "赵不见");
        var stranger = await As("clerk-a2");

        await TakesAsLong(async there =>
        {
            var text = by switch
            {
                "number" => there ? IdNumber : NewIdNumber(),
                "phone" => there ? Phone : $"139{Random.Shared.Next(100_000_000):D8}",
                _ => there ? "赵不见" : "麴不见",
            };
            var answer = await stranger.Post("/api/residents/search", new { text });
            Assert.Empty(answer.Expect(200).Body.GetProperty("items").EnumerateArray());
        });
    }

    /// <summary>Asks for what is there and what isn't in turn, so that a busy machine slows down both.</summary>
    Task TakesAsLong(Func<bool, Task> ask) =>
        TimeBound.Holds(
            output.WriteLine,
            async () =>
            {
                var (there, nowhere) = (new List<double>(Pairs), new List<double>(Pairs));
                for (var pair = 0; pair < Pairs; pair++)
                {
                    there.Add(await Timed(ask, true));
                    nowhere.Add(await Timed(ask, false));
                }
                var ratio = Median(there) / Median(nowhere);
                output.WriteLine($"{Median(there):F2} ms there, {Median(nowhere):F2} ms where there is none: {ratio:F2}");
                if (ratio is > MaxRatio or < 1 / MaxRatio)
                    throw new TookTooLongException($"The answer takes {ratio:F2} times as long as for what isn't there.");
            }
        );

    static async Task<double> Timed(Func<bool, Task> ask, bool there)
    {
        var begun = Stopwatch.GetTimestamp();
        await ask(there);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
