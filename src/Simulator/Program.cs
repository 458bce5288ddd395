using System.CommandLine;
using GridActors.Simulator;
using GridActors.Simulator.Households;

var root = new RootCommand("Plays life against a running GridActors service, through its public API only.")
{
    SimulateCommand.Create(),
    ReplayCommand.Create(),
    HouseholdsCommand.Create(),
};

// Ctrl-C and SIGTERM cancel the command's token; calls under way may take a moment to end.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
