using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridActors.Cluster.Tests;

/// <summary>What an HTTP call answered.</summary>
sealed record Answer(int Status, JsonElement Body)
{
    public string? Code => Text("code");
    public string? Text(string member) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(member, out var value) ? value.GetString() : null;
}

/// <summary>A process of the service as it is started in a deployment; its ports are free ones.</summary>
sealed class ServiceProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _output = new();
    readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(100) };

    ServiceProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Exited += (_, _) => _url.TrySetException(new InvalidOperationException($"The process ended:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output => string.Join('\n', _output);
    public Uri Url => _url.Task.Result;

    /// <summary>Begins to start; <see cref="Ready"/> waits for it.</summary>
    public static ServiceProcess Start(OwnDatabase database, SmallCounty county, string role = "both")
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "GridActors.Silo.dll"), "up", "--cluster", "--role", role, "--pack", county.Folder,
                "--port", "0", "--silo-port", "0", "--gateway-port", "0",
            },
        };
        start.Environment["ConnectionStrings__grid"] = database.ConnectionString;
        return new(start);
    }

    public static async Task<ServiceProcess> StartReady(OwnDatabase database, SmallCounty county, string role = "both")
    {
        var process = Start(database, county, role);
        await process.Ready();
        return process;
    }

    /// <returns>True when it is up, false when it ended with one sentence on why it could not start.</returns>
    public async Task<bool> IsUp()
    {
        if (await Task.WhenAny(_url.Task, _process.WaitForExitAsync()).InTime() == _url.Task && _url.Task.IsCompletedSuccessfully) return true;
        await _process.WaitForExitAsync().InTime();
        Assert.Equal(1, _process.ExitCode);
        Assert.DoesNotContain("Unhandled exception", Output, StringComparison.Ordinal);
        return false;
    }

    public async Task Ready()
    {
        await _url.Task.InTime();
        await Deadline.Await("the process is ready", async () => (await Call(HttpMethod.Get, "/health/ready", null)).Status == 200);
    }

    public async Task<Answer> Call(HttpMethod method, string path, string? token, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Url, path));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await _http.SendAsync(request);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new((int)response.StatusCode, isJson ? await response.Content.ReadFromJsonAsync<JsonElement>() : default);
    }

    /// <summary>SIGKILL: nothing is handed over.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var asked = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            try
            {
                await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
            }
            catch (TimeoutException)
            {
                _process.Kill();
            }
        }
        _process.Dispose();
        _http.Dispose();
    }

    void Hear(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        const string Up = "GridActors is up: ";
        if (line.StartsWith(Up, StringComparison.Ordinal)) _url.TrySetResult(new Uri(line[Up.Length..].Split(' ')[0]));
    }
}
