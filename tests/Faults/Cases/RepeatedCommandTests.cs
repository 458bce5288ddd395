namespace GridActors.Faults.Tests.Cases;

public sealed class RepeatedCommandTests
{
    [Fact]
    public async Task Every_command_sent_twice_at_once_under_load_takes_effect_once()
    {
        await using var service = await TestService.Start();
        var load = new CaseLoad(p => service.As(p)) { SendsTwice = true };
        using var stopping = new CancellationTokenSource();
        var work = load.Run(stopping.Token);

        await load.Reaches(600);
        await stopping.CancelAsync();
        await work;

        await load.Compare(service.Data);
    }
}
