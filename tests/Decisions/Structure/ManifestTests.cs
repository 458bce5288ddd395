using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace GridActors.Decisions.Tests.Structure;

/// <summary><c>deploy/kubernetes.yaml</c> says nothing that the service doesn't understand.</summary>
public sealed partial class ManifestTests
{
    static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    static string Home { get; } = Path.GetDirectoryName(Packs.PackFolders.Packs)!;

    static IReadOnlyList<YamlNode> Containers { get; } =
    [
        .. Documents()
            .Where(d => Text(d["kind"]) == "Deployment")
            .SelectMany(d => (YamlSequenceNode)d["spec"]["template"]["spec"]["containers"]),
    ];

    [Fact]
    public void Every_option_of_the_manifest_is_one_of_the_verb_up()
    {
        var known = OptionName()
            .Matches(File.ReadAllText(Path.Combine(Home, "src/Silo/Verbs/UpCommand.cs")))
            .Select(m => m.Value)
            .ToHashSet();
        var used = Containers
            .SelectMany(c => (YamlSequenceNode)c["args"])
            .Select(Text)
            .Where(a => a.StartsWith("--", StringComparison.Ordinal));

        Assert.Equal(2, Containers.Count);
        Assert.Empty(used.Select(o => $"\"{o}\"").Except(known));
    }

    [Fact]
    public void Every_probe_asks_an_address_and_a_port_that_the_service_has()
    {
        foreach (var container in Containers)
        {
            var ports = ((YamlSequenceNode)container["ports"]).Select(p => Text(p["name"]));
            foreach (var probe in Probes.Select(p => container[p]["httpGet"]))
            {
                Assert.Contains(Text(probe["port"]), ports);
                Assert.Contains(Text(probe["path"]), new[] { "/health/live", "/health/ready" });
            }
        }
    }

    /// <summary>A silo that gets no processor time for four seconds is declared dead.</summary>
    [Fact]
    public void No_container_has_a_processor_limit() =>
        Assert.All(Containers, c => Assert.DoesNotContain("cpu", ((YamlMappingNode)c["resources"]["limits"]).Children.Keys.Select(Text)));

    static IEnumerable<YamlNode> Documents()
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Home, "deploy/kubernetes.yaml"));
        yaml.Load(reader);
        return yaml.Documents.Select(d => d.RootNode);
    }

    static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex("\"--[a-z-]+\"")]
    private static partial Regex OptionName();
}
