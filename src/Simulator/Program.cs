using System.CommandLine;
using GridActors.Simulator;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl-C asks for a clean end, the second gets the usual one.
    pressed.Cancel = !stopping.IsCancellationRequested;
    stopping.Cancel();
};

var root = new RootCommand("Plays life against a running GridActors service, through its public API only.")
{
    SimulateCommand.Create(),
    ReplayCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stopping.Token);
