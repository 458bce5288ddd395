using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace GridActors.Browser.Tests;

/// <summary>A signed-in person at the API.</summary>
public sealed class Official : IDisposable
{
    readonly HttpClient _http;

    Official(HttpClient http, string token) => (_http, Token) = (http, token);

    public string Token { get; }

    public static async Task<Official> SignIn(string url, string account)
    {
        var http = new HttpClient { BaseAddress = new(url) };
        using var answer = await http.PostAsJsonAsync("/api/session", new { account, password = Stand.Password });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(http, token);
    }

    /// <returns>The case's id.</returns>
    public async Task<string> Report(string title, string category = Known.ManholeCover, string area = Known.Grid) =>
        (await Post("/api/cases", new { category, area, title })).GetProperty("id").GetString()!;

    public Task<JsonElement> Act(string id, string step, object? body = null) => Post($"/api/cases/{id}/{step}", body ?? new { });

    public async Task<JsonElement> Get(string path) => await _http.GetFromJsonAsync<JsonElement>(path);

    public void Dispose() => _http.Dispose();

    async Task<JsonElement> Post(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await _http.SendAsync(request);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {json}");
        return json;
    }
}
