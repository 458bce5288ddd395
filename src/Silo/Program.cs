using System.CommandLine;
using GridActors.Silo.Verbs;

var root = new RootCommand("GridActors: the real-time service behind grid governance (网格化服务管理).")
{
    UpCommand.Create(),
    VerifyCommand.Create(),
    AccountCommand.Create(),
    PacksCommand.Create(),
    ClockCommand.Create(),
    VaultCommand.Create(),
};
return await Terminal.Guard(() =>
    root.Parse(args)
        .InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) }
        )
);
