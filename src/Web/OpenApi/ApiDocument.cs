using GridActors.Web.Perimeter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GridActors.Web.OpenApi;

/// <summary>
/// The document at /openapi/v1.json: what it says as a whole. It is the same wherever it is served from, so that a copy can be compared.
/// </summary>
static class ApiDocument
{
    public const string BearerScheme = "bearer";
    public const string CookieScheme = "cookie";

    const string Description = """
        Grid governance: people report cases, the grid's officials claim and resolve them, and boards show it live.

        Sign in with `POST /api/session` and send the token as `Authorization: Bearer <token>`, or let the browser send the cookie.
        A session belongs to one pack (a county) and sees no other. Area codes and person ids are those of the pack; other ids are opaque.

        Every refusal is a problem (`application/problem+json`) with a stable `code`. Its `detail` is a sentence for people, in Chinese
        unless `Accept-Language` starts with English. Any call can answer 500 `internal-error`; any write 429 `too-many-requests`, and with
        the cookie from another site's page 403 `foreign-origin`.

        Writes to cases take `Idempotency-Key`: repeat a call that wasn't answered with the same key, and it is carried out once.
        A case carries an `ETag`, which writes take as `If-Match`. Lists take `limit` and `cursor`; `next` is null on the last page.

        What changes live comes over SignalR at `/hubs/live`, which OpenAPI can't describe: see docs/api.md.
        """;

    static readonly (string Name, string Description)[] Tags =
    [
        ("Session", "Signing in and out."),
        ("Catalogue", "What a pack defines: levels, posts, departments, categories."),
        ("Areas", "The tree of areas, its posts, maps, boards and statistics."),
        ("Cases", "Reporting a case, finding it, and every step of its life."),
        ("Inbox", "What waits for the caller."),
        ("Photos", "Photos, before a case names them."),
        ("Webhooks", "Messages to other systems, and their answers."),
        ("Places", "Buildings, units, dwellings, key places and organisations."),
        ("Households", "Households and residents, masked; what is revealed is recorded."),
        ("Surveys", "Questions put to households or residents, and what was answered."),
        ("Tasks", "What is sent down to areas and done there, once or by a schedule."),
        ("Registrations", "Households that residents register by themselves, without an account."),
        ("Appointments", "Visits that are agreed with households, and services that are done for them."),
        ("Scores", "What workers' evidence comes to by the rules of the place, line by line with the events behind each (考核)."),
        ("Field work", "What workers do outside: check-ins, visits, tracks, their days, and what heads see of them."),
        ("GridCards", "What residents see of their grid, and the codes by which they find it."),
        ("Leave", "Who is away, and who stands in."),
        ("Administration", "For posts that administer a pack."),
        ("Operations", "For supervisors of the process."),
    ];

    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(o =>
        {
            // Orleans' dashboard and the reference page are endpoints too, but no part of the API. HEAD says nothing that GET doesn't.
            o.ShouldInclude = call =>
                call is { RelativePath: { } path, HttpMethod: not "HEAD" }
                && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal))
                && !path.StartsWith("api/reference", StringComparison.Ordinal);
            o.AddSchemaTransformer<SchemaDescription>();
            o.AddOperationTransformer<OperationDescription>();
            o.AddDocumentTransformer(
                (document, context, _) =>
                {
                    document.Info = new()
                    {
                        Title = nameof(GridActors),
                        Version = "v1",
                        Description = Description,
                        License = new() { Name = "MIT", Identifier = "MIT" },
                    };
                    var path = context.ApplicationServices.GetRequiredService<SubPath>().Base;
                    document.Servers =
                    [
                        new() { Url = path.Length > 0 ? path : "/", Description = "The service that this document came from." },
                    ];
                    document.Tags = Tags.Select(t => new OpenApiTag { Name = t.Name, Description = t.Description }).ToHashSet();
                    document.AddComponent(
                        BearerScheme,
                        new OpenApiSecurityScheme
                        {
                            Type = SecuritySchemeType.Http,
                            Scheme = "bearer",
                            Description = "The token of `POST /api/session`. It wins over the cookie.",
                        }
                    );
                    document.AddComponent(
                        CookieScheme,
                        new OpenApiSecurityScheme
                        {
                            Type = SecuritySchemeType.ApiKey,
                            In = ParameterLocation.Cookie,
                            Name = Sessions.SessionHandler.Cookie,
                            Description = "Set by `POST /api/session`; HttpOnly and SameSite=Strict.",
                        }
                    );
                    foreach (var code in Problems.Problem.Codes)
                        document.AddComponent(code, new OpenApiExample { Value = Examples.OfProblem(code) });
                    return Task.CompletedTask;
                }
            );
        });
}
