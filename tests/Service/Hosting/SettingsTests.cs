using GridActors.Grains.Areas;
using GridActors.Silo.Hosting;
using GridActors.Storage.Journal;
using GridActors.Web.Perimeter;
using Microsoft.Extensions.Configuration;

namespace GridActors.Service.Tests.Hosting;

/// <summary>One file has all settings of a process, and a wrong setting is reported.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Every_setting_stands_in_appsettings_with_its_default()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();

        foreach (
            var (section, defaults) in new (string, object)[]
            {
                ("Journal", new JournalOptions()),
                ("Areas", new AreaOptions()),
                ("Limits", new LimitOptions()),
            }
        )
        foreach (var property in defaults.GetType().GetProperties())
            Assert.Equal(property.GetValue(defaults), file.GetSection(section).GetValue(property.PropertyType, property.Name));
    }

    [Theory]
    [InlineData("Journal:QueueLength=0", "QueueLength")]
    [InlineData("Journal:QueueLength=many", "Journal:QueueLength")]
    [InlineData("Areas:PushEvry=00:00:01", "PushEvry")]
    [InlineData("Service:DrainTime=01:00:00", "DrainTime")]
    [InlineData("Accounts:IdleTimeout=00:00:01", "IdleTimeout")]
    [InlineData("Accounts:AccessJournalKept=30.00:00:00", "AccessJournalKept")]
    public async Task A_setting_that_is_not_valid_is_named_in_one_sentence(string setting, string named)
    {
        var settings = new ServiceSettings
        {
            ConnectionString = await TestPostgres.NewDatabase(),
            Url = "http://127.0.0.1:0",
            Overrides = [setting],
        };

        var failure = await Assert.ThrowsAsync<StartException>(() => ServiceHost.Start(settings, CancellationToken.None));

        Assert.StartsWith("A setting isn't valid: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
