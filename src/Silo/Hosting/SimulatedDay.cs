using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GridActors.Silo.Hosting;

/// <summary>Runs the simulator as a separate program. It starts when the service is ready, and ends before the service stops.</summary>
/// <param name="speed">How many times faster than real time.</param>
/// <param name="password">Everybody's password in the demo.</param>
sealed class SimulatedDay(IServer server, double speed, string? password) : IHostedLifecycleService, IDisposable
{
    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    Process? _process;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var url = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        // The simulator ends when its standard input is closed, so it also ends when the service is killed.
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "GridActors.Simulator.dll"),
                "simulate",
                "--url",
                url,
                "--speed",
                speed.ToString(CultureInfo.InvariantCulture),
                "--quiet",
                "--until-input-ends",
            },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet")
            start.FileName = host;
        // The password isn't an argument, because everybody on the machine can read arguments.
        start.Environment["GRIDACTORS_DEMO_PASSWORD"] = password;
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => PassOn(Console.Out, line.Data);
        _process.ErrorDataReceived += (_, line) => PassOn(Console.Error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_process is not { HasExited: false })
            return;
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(EndsWithin, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _process.Kill();
        }
    }

    public void Dispose() => _process?.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static void PassOn(TextWriter writer, string? line)
    {
        if (line is not null)
            writer.WriteLine($"simulator: {line}");
    }
}
