using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GridActors.Harness;

namespace GridActors.Import;

/// <param name="Counts">How many rows are new, changed, unchanged, doubtful and wrong.</param>
sealed record ImportState(string Id, string State, int Done, IReadOnlyDictionary<string, int> Counts);

/// <summary>Somebody at a desk who imports a sheet and waits for it.</summary>
sealed class Desk : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(200);

    readonly HttpClient _client;

    public Desk(MeasuredService service, string token)
    {
        _client = new() { BaseAddress = service.Url };
        _client.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public async Task<ImportState> Send(string sheet, string area, CancellationToken cancellationToken)
    {
        using var file = new ByteArrayContent(await File.ReadAllBytesAsync(sheet, cancellationToken));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        using var code = new StringContent(area);
        using var form = new MultipartFormDataContent { { file, "file", Path.GetFileName(sheet) }, { code, "area" } };
        return await Read(await _client.PostAsync("/api/households/imports", form, cancellationToken), cancellationToken);
    }

    public async Task<ImportState> Apply(string id, CancellationToken cancellationToken) =>
        await Read(await _client.PostAsync($"/api/households/imports/{id}/apply", null, cancellationToken), cancellationToken);

    /// <summary>Asks until it is in a state, as the page does.</summary>
    public async Task<ImportState> Until(string id, string state, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            var import = await Read(await _client.GetAsync($"/api/households/imports/{id}", patience.Token), patience.Token);
            if (import.State == state)
                return import;
            if (import.State is "refused" or "failed")
                throw new BenchException($"The import is {import.State}.");
            await Task.Delay(AskEvery, patience.Token);
        }
    }

    public void Dispose() => _client.Dispose();

    static async Task<ImportState> Read(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
                throw new BenchException($"An import answered {(int)answer.StatusCode}: {text}");
            var json = JsonNode.Parse(text)!;
            return new(
                json["id"]!.GetValue<string>(),
                json["state"]!.GetValue<string>(),
                json["done"]!.GetValue<int>(),
                json["counts"]!.AsObject().ToDictionary(c => c.Key, c => c.Value!.GetValue<int>())
            );
        }
    }
}
