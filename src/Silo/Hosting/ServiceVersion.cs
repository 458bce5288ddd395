using System.Reflection;

namespace GridActors.Silo.Hosting;

/// <summary>What runs: the version of <c>Directory.Build.props</c>.</summary>
static class ServiceVersion
{
    public static string Number { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
