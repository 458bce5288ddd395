
namespace GridActors.Domain.Packs.Files;

/// <summary>The last check, on files that are sound one by one: does every report reach somebody, wherever it is made?</summary>
static class ReachCheck
{
    public static void Run(
        PackHead head, AreasFile areas, IReadOnlyList<PostHolding> holdings, IReadOnlyList<(Category Category, int Line)> categories, PackErrors errors)
    {
        var reach = new Reach(head.Levels.Select(l => l.Id), areas.All, holdings);
        var root = areas.All[0].Code;
        if (reach.Area(root, head.FallbackPost, null) is null)
            errors.Add(PackFiles.Pack, head.Line, $"fallbackPost {head.FallbackPost} is not held at the root {root}: a report that finds nobody must end with somebody");

        foreach (var (department, line) in head.Departments.Values)
            if (reach.VacantLeaves(department.Post, department.At).Count == reach.Leaves.Count)
                errors.Add(PackFiles.Pack, line, $"department {department.Id} has nobody: {Rule(department.Post, department.At)} is held nowhere");

        foreach (var (category, line) in categories)
        {
            foreach (var rule in category.Recipients)
            {
                if (reach.VacantLeaves(rule.Post, rule.At).Count == reach.Leaves.Count)
                    errors.Add(PackFiles.Catalogue, line, $"category {category.Code} reaches nobody by {Rule(rule.Post, rule.At)}: it is held nowhere");
            }
            if (category.Confidential && reach.Vacant(category.Recipients) is { Count: > 0 } vacant)
                errors.Add(PackFiles.Catalogue, line,
                    $"confidential category {category.Code} would fall to {head.FallbackPost} from {vacant.Count} of {areas.All.Count} areas, such as {vacant[0]}: its recipients are vacant there");
        }
    }

    static string Rule(string post, string? at) => at is null ? $"post {post}" : $"post {post} at {at} or above";
}
