using GridActors.Web.Webhooks;
using Microsoft.Extensions.Options;

namespace GridActors.Decisions.Tests.Webhooks;

/// <summary>The settings of robots.</summary>
public sealed class RobotTargetTests
{
    const string Key = "693a91f6-7aa7-4bc4-97a0-0ec2b1fa5aaa";

    [Fact]
    public void Key_is_read_from_a_file_and_shown_nowhere_but_in_the_address()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Key + "\n");
        var robot = Read(new() { KeyFile = file }).Find("p", "duty")!;
        File.Delete(file);

        Assert.Equal($"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={Key}", robot.Address.ToString());
        Assert.DoesNotContain(Key, robot.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is what follows key=")]
    [InlineData("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6", "is what follows key=")]
    public void Key_that_is_none_is_refused_without_being_shown(string key, string complaint)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(new() { Key = key }));
        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Webhooks:Robots:p:duty:KeyFile", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("693a91f6", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Address_without_tls_is_refused_unless_it_is_allowed()
    {
        Assert.Throws<OptionsValidationException>(() => Read(new() { Key = Key }, "http://gateway.example"));
        Assert.Throws<OptionsValidationException>(() => Read(new() { Key = Key }, "gateway"));
        Assert.Equal("gateway.example", Read(new() { Key = Key }, "https://gateway.example").Find("p", "duty")!.Address.Host);
    }

    static RobotTargets Read(RobotEndpoint robot, string? address = null)
    {
        var options = new WebhookOptions { Robots = new() { ["p"] = new() { ["duty"] = robot } } };
        if (address is not null)
            options.RobotAddress = address;
        return new(options);
    }
}
