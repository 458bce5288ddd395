using System.CommandLine;
using GridActors.Silo.Verbs;

var root = new RootCommand("GridActors: the real-time service behind grid governance (网格化服务管理).")
{
    UpCommand.Create(),
    VerifyCommand.Create(),
    AccountCommand.Create(),
    PacksCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
