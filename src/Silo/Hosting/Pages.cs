using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Net.Http.Headers;

namespace GridActors.Silo.Hosting;

/// <summary>
/// The built web client. Each of its entry pages also answers for the addresses below it, so that an address can be opened, reloaded and
/// sent to somebody.
/// </summary>
static class Pages
{
    static readonly (string Pattern, string File)[] Entries =
    [
        ("/", "index.html"),
        ("/signin", "index.html"),
        ("/board/{**rest}", "console.html"),
        ("/console/{**rest}", "console.html"),
        ("/m/{**rest}", "m.html"),
        ("/r", "r.html"),
        ("/s", "s.html"),
        ("/g", "g.html"),
        // As files: what the service worker keeps.
        ("/index.html", "index.html"),
        ("/console.html", "console.html"),
        ("/m.html", "m.html"),
    ];

    const string Html = $"{MediaTypeNames.Text.Html}; charset=utf-8";

    /// <summary>What a built page says of where the service is; it reaches everything else from there.</summary>
    const string Root = "<base href=\"/\"";

    /// <summary>Addresses of programs, below which nothing is a page.</summary>
    static readonly string[] Programs = ["/api", "/hubs", "/health", "/openapi"];

    /// <summary>The pages' folder: beside a published program, or in the clone.</summary>
    public static string? Folder()
    {
        var candidates = new[] { Path.Combine(AppContext.BaseDirectory, "wwwroot"), Path.Combine(Home.Folder(), "src", "Web", "wwwroot") };
        return candidates.FirstOrDefault(Directory.Exists);
    }

    public static void MapPages(this WebApplication app)
    {
        var files = new StaticFileOptions
        {
            OnPrepareResponse = response =>
            {
                // A built file's name contains its hash, so browsers may cache it for ever. A page names the files of its build, so
                // browsers ask for it each time.
                var isHashed = response.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);
                response.Context.Response.Headers[HeaderNames.CacheControl] = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
            },
        };
        if (Folder() is not { } folder)
        {
            app.MapGet("/", () => "The web client isn't built: ./gridactors up builds it.");
            return;
        }
        app.UseStatusCodePages(bare => NotFound(bare.HttpContext, Path.Combine(folder, "index.html")));
        app.UseStaticFiles(files);
        foreach (var (pattern, file) in Entries)
            app.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], context => Send(context, Path.Combine(folder, file)))
                .AllowAnonymous()
                .ExcludeFromDescription();
    }

    /// <summary>A page names the files of its build, so browsers ask for it each time.</summary>
    static async Task Send(HttpContext context, string file)
    {
        var page = await Read(context, file);
        context.Response.Headers.CacheControl = "no-cache";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(page).AsSpan(0, 8))}\"");
        await Results.Bytes(page, Html, entityTag: tag).ExecuteAsync(context);
    }

    static async Task<byte[]> Read(HttpContext context, string file)
    {
        var page = await File.ReadAllTextAsync(file, context.RequestAborted);
        var root = HtmlEncoder.Default.Encode(context.Request.PathBase.Value ?? "");
        return Encoding.UTF8.GetBytes(page.Replace(Root, $"<base href=\"{root}/\"", StringComparison.Ordinal));
    }

    /// <summary>
    /// An address that leads nowhere shows a page that says so, in the language that the browser has chosen before. Programs, and pages
    /// that ask for a file, get the bare status.
    /// </summary>
    static async Task NotFound(HttpContext context, string page)
    {
        var request = context.Request;
        var wantsPage =
            context.Response.StatusCode == StatusCodes.Status404NotFound
            && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !Programs.Any(p => request.Path.StartsWithSegments(p, StringComparison.Ordinal))
            && request.Headers.Accept.Any(a => a is not null && a.Contains("text/html", StringComparison.OrdinalIgnoreCase));
        if (!wantsPage)
            return;
        context.Response.ContentType = Html;
        context.Response.Headers.CacheControl = "no-cache";
        if (!HttpMethods.IsHead(request.Method))
            await context.Response.BodyWriter.WriteAsync(await Read(context, page));
    }
}

/// <summary>The folder of the clone, where packs, pages and data are.</summary>
static class Home
{
    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable("GRIDACTORS_HOME") is { Length: > 0 } home)
            return home;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "packs")))
                return folder.FullName;
        return Directory.GetCurrentDirectory();
    }
}
