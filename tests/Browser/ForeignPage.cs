using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GridActors.Browser.Tests;

/// <summary>
/// A page of another origin: of another port of this machine, which is the same site for a cookie. It is served, not made up in the
/// browser, because browsers ask before a page that comes from nowhere calls this machine.
/// </summary>
sealed class ForeignPage : IAsyncDisposable
{
    readonly WebApplication _site;

    ForeignPage(WebApplication site) => _site = site;

    public string Url => _site.Urls.First();

    public static async Task<ForeignPage> Serve(string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/", () => TypedResults.Content(body, "text/html"));
        await site.StartAsync();
        return new(site);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
