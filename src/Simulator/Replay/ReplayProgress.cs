using System.Globalization;
using GridActors.Simulator.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GridActors.Simulator.Replay;

/// <summary>A bar for a person at a terminal, a line every few seconds for a log.</summary>
static class ReplayProgress
{
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Line = TimeSpan.FromSeconds(5);

    public static Task Bar(
        IAnsiConsole console,
        ReplayFigures figures,
        CallTimings timings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var rates = new Rates(figures, timings, clock);
        return console
            .Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RatesColumn(rates),
                new RemainingTimeColumn()
            )
            .StartAsync(async context =>
            {
                var bar = context.AddTask("requests", maxValue: Math.Max(1, figures.Total));
                while (await Wait(Refresh, clock, cancellationToken))
                    bar.Value = figures.Finished;
                bar.Value = figures.Finished;
            });
    }

    public static async Task Lines(
        TextWriter output,
        ReplayFigures figures,
        CallTimings timings,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var rates = new Rates(figures, timings, clock);
        while (await Wait(Line, clock, cancellationToken))
            await output.WriteLineAsync(rates.Line());
    }

    static async Task<bool> Wait(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        // A cancelled wait is how progress ends; it is no error.
        await Task.Delay(time, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    sealed class Rates(ReplayFigures figures, CallTimings timings, TimeProvider clock)
    {
        readonly long _began = clock.GetTimestamp();
        readonly long _callsBefore = timings.Calls;

        double Seconds => Math.Max(clock.GetElapsedTime(_began).TotalSeconds, 1e-3);
        double PerSecond => (figures.Finished - figures.FinishedEarlier) / Seconds;

        public string Short() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{PerSecond:N0} requests/s, {(timings.Calls - _callsBefore) / Seconds:N0} calls/s, {figures.Errors} errors"
            );

        public string Line() =>
            string.Create(CultureInfo.InvariantCulture, $"{figures.Finished:N0} of {figures.Total:N0}, {Short()}, {Left()}");

        string Left()
        {
            if (PerSecond <= 0)
                return "no estimate yet";
            var left = TimeSpan.FromSeconds(Math.Min((figures.Total - figures.Finished) / PerSecond, 1e8));
            return left.ToString(left.Days > 0 ? "d\\.hh\\:mm\\:ss" : "hh\\:mm\\:ss", CultureInfo.InvariantCulture) + " left";
        }
    }

    sealed class RatesColumn(Rates rates) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(rates.Short());
    }
}
