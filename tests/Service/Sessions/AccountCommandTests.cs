using System.Diagnostics;

namespace GridActors.Service.Tests.Sessions;

/// <summary>The verbs of <c>account</c> in a process of their own.</summary>
public sealed class AccountCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_password_is_set_while_the_service_runs_with_its_private_database()
    {
        await using var service = await ServiceProcess.Start(new() { DataFolder = _folder });
        var before = await service.As("worker-1");

        var (weak, why) = await Set("qinghe/worker-1", "password-123");
        var (set, said) = await Set("qinghe/worker-1", "gravel-otter-sings-41", "--must-change");

        Assert.Equal((1, "The password is a common one, which guessers try first: choose another one."), (weak, why));
        Assert.Equal((0, "qinghe/worker-1 can sign in with the new password."), (set, said));
        await Eventually.Is(async () => (await before.Get("/api/me")).Status == 401);
        var after = await service.Anybody().SignIn("qinghe/worker-1", "gravel-otter-sings-41");
        (await after.Get("/api/inbox")).Expect(403, "password-change-needed");
    }

    [Fact]
    public async Task A_second_factor_is_reset_while_the_service_runs()
    {
        await using var service = await ServiceProcess.Start(new() { DataFolder = _folder });
        var before = await service.As("worker-1");

        var reset = await Run("reset-second-factor", "qinghe/worker-1");
        var unknown = await Run("reset-second-factor", "qinghe/nobody");

        Assert.Equal((0, "qinghe/worker-1 has no second factor now."), reset);
        Assert.Equal(1, unknown.Code);
        await Eventually.Is(async () => (await before.Get("/api/me")).Status == 401);
    }

    Task<(int Code, string Said)> Set(string account, string password, params string[] options) => Run("set", account, password, options);

    async Task<(int Code, string Said)> Run(string verb, string account, string? password = null, params string[] options)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "GridActors.Silo.dll"), "account", verb, account, "--data", _folder, .. options]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GRIDACTORS_PASSWORD"] = password;
        start.Environment.Remove("ConnectionStrings__grid");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WithinDeadline();
        return (process.ExitCode, (await output + await errors).Trim());
    }
}
