using System.Reflection;

namespace GridActors.Silo.Hosting;

/// <summary>The version of the running service, from <c>Directory.Build.props</c>.</summary>
static class ServiceVersion
{
    public static string Number { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
