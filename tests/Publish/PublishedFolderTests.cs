using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridActors.Publish.Tests;

/// <summary>Runs the folder that <c>./gridactors publish</c> makes as on a server: from another folder, without the clone.</summary>
public sealed class PublishedFolderTests : IDisposable
{
    const string Greeting = "GridActors is up: ";
    const string Password = "correct-horse-battery";

    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    readonly string _folder = Directory.CreateTempSubdirectory("gridactors-published-").FullName;
    readonly string _data = Directory.CreateTempSubdirectory("gridactors-data-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task The_published_folder_serves_pages_and_boards_and_stops_when_it_is_told()
    {
        var published = Path.Combine(_folder, "published");
        using (var publish = Start(Path.Combine(Repository(), "gridactors"), "publish", published))
        {
            var said = await publish.StandardOutput.ReadToEndAsync() + await publish.StandardError.ReadToEndAsync();
            await publish.WaitForExitAsync().WaitAsync(Deadline);
            Assert.True(publish.ExitCode == 0, said);
        }
        Assert.Equal(
            [
                "CHANGELOG.md",
                "Containerfile",
                "LICENSE",
                "NOTICE",
                "README.md",
                "app",
                "gridactors",
                "gridactors.service",
                "kubernetes.yaml",
                "packs",
            ],
            Directory.GetFileSystemEntries(published).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

        Assert.Equal("2026-02-28T17:30:00+08:00", await DueAt(Path.Combine(published, "gridactors")).WaitAsync(Deadline));

        using var service = Start(
            Path.Combine(published, "gridactors"),
            "up",
            "--simulate",
            "--speed",
            "600",
            "--port",
            "0",
            "--data",
            _data
        );
        try
        {
            var url = await Address(service).WaitAsync(Deadline);
            using var http = new HttpClient { BaseAddress = url };

            var live = await http.GetFromJsonAsync<JsonElement>("/health/live");
            Assert.Equal("live", live.GetProperty("status").GetString());
            Assert.Matches(@"^\d+\.\d+\.\d+$", live.GetProperty("version").GetString());
            Assert.Contains("<div id=", await http.GetStringAsync("/signin"), StringComparison.Ordinal);

            var person = (await http.GetFromJsonAsync<JsonElement>("/api/demo")).GetProperty("people")[0];
            using var signedIn = await http.PostAsJsonAsync(
                "/api/session",
                new { account = $"{person.GetProperty("pack")}/{person.GetProperty("account")}", password = Password }
            );
            Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
            var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            // The simulator runs beside the service, and its reports are on the board.
            await Reported(http, person.GetProperty("area").GetString()!).WaitAsync(Deadline);

            using var term = Process.Start("kill", ["-TERM", service.Id.ToString(CultureInfo.InvariantCulture)]);
            await service.WaitForExitAsync().WaitAsync(Deadline);
            Assert.Equal(0, service.ExitCode);
        }
        finally
        {
            if (!service.HasExited)
                service.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The packs' calendars are published with them.</summary>
    static async Task<string?> DueAt(string program)
    {
        string[] asked = ["--pack", "liling", "--json", "--from", "2026-02-12T16:40:00+08:00", "--term", "7wd"];
        using var clock = Start(program, ["clock", "due", .. asked]);
        var answer = await JsonDocument.ParseAsync(clock.StandardOutput.BaseStream);
        await clock.WaitForExitAsync();
        return answer.RootElement.GetProperty("dueAt").GetString();
    }

    static async Task Reported(HttpClient http, string area)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (Counted(await http.GetFromJsonAsync<JsonElement>($"/api/areas/{area}/board")) == 0)
            await pace.WaitForNextTickAsync();
    }

    static int Counted(JsonElement board) => board.GetProperty("counts").GetProperty("reported").GetInt32();

    static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("GRIDACTORS_HOME");
        start.Environment.Remove("ConnectionStrings__grid");
        start.Environment["GRIDACTORS_DEMO_PASSWORD"] = Password;
        return Process.Start(start)!;
    }

    static Task<Uri> Address(Process service)
    {
        var found = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new System.Text.StringBuilder();
        service.OutputDataReceived += (_, line) => OnOutput(line.Data);
        service.ErrorDataReceived += (_, line) => OnOutput(line.Data);
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        return found.Task;

        void OnOutput(string? line)
        {
            lock (said)
            {
                said.AppendLine(line);
                if (line is null)
                    found.TrySetException(new InvalidOperationException(said.ToString()));
                else if (line.StartsWith(Greeting, StringComparison.Ordinal))
                    found.TrySetResult(new(line[Greeting.Length..].Split(' ')[0]));
            }
        }
    }

    static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
