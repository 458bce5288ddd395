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
        ("/signin", "index.html"),
        ("/board/{**rest}", "console.html"),
        ("/console/{**rest}", "console.html"),
        ("/m/{**rest}", "m.html"),
    ];

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
        if (Folder() is null)
        {
            app.MapGet("/", () => "The web client isn't built: ./gridactors up builds it.");
            return;
        }
        app.UseDefaultFiles();
        app.UseStaticFiles(files);
        foreach (var (pattern, file) in Entries)
            app.MapFallbackToFile(pattern, file, files).AllowAnonymous();
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
