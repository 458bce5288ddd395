using GridActors.Domain.Packs;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Catalogue;

public sealed record CatalogueJson(
    IReadOnlyList<Level> Levels, IReadOnlyList<CataloguePostJson> Posts, IReadOnlyList<DepartmentJson> Departments, IReadOnlyList<CategoryJson> Categories);

public sealed record CataloguePostJson(string Id, string Name, string NameEn, IReadOnlyList<string> Levels, IReadOnlyList<string> May);
public sealed record DepartmentJson(string Id, string Name, string NameEn);
public sealed record RecipientJson(string Post, string PostName, string PostNameEn, string? At);

public sealed record CategoryJson(
    string Code, string Name, string NameEn, string Class, string? Department, bool Confidential, Clocks Clocks, IReadOnlyList<RecipientJson> Recipients, IReadOnlyList<string> Materials);

/// <summary>The pack's catalogue, as the pages need it.</summary>
public static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/catalogue", (Caller caller) => Of(caller.Pack.Pack)).RequireAuthorization();

    static CatalogueJson Of(Pack pack)
    {
        var posts = pack.Posts.ToDictionary(p => p.Id);
        return new(
            pack.Levels,
            [.. pack.Posts.Select(p => new CataloguePostJson(p.Id, p.Name, p.NameEn, p.Levels, [.. p.May.Select(m => m.ToString().ToLowerInvariant())]))],
            [.. pack.Departments.Select(d => new DepartmentJson(d.Id, d.Name, d.NameEn))],
            [.. pack.Categories.Select(c => new CategoryJson(
                c.Code, c.Name, c.NameEn, c.Class, c.Department, c.Confidential, c.Clocks,
                [.. c.Recipients.Select(r => new RecipientJson(r.Post, posts[r.Post].Name, posts[r.Post].NameEn, r.At))], c.Materials))]);
    }
}
