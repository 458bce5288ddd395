namespace GridActors.Domain.Packs.Files;

/// <summary>The last check, when each file is valid by itself: every report must reach somebody, wherever it is made.</summary>
static class ReachCheck
{
    public static void Run(
        Pack pack,
        PackHead head,
        IReadOnlyList<(Category Category, int Line)> categories,
        DutyFile duty,
        PackErrors errors
    )
    {
        var tree = LoadedPack.Build(pack);
        var leaves = tree.Areas.Values.Where(a => a.Children.Count == 0).ToList();
        if (LoadedPack.NearestHolders(head.FallbackPost, null, tree.Root).Count == 0)
            errors.Add(
                PackFiles.Pack,
                head.Line,
                $"fallbackPost {head.FallbackPost} is not held at the root {tree.Root.Code}: "
                    + "a report that finds nobody must end with somebody"
            );

        foreach (var (department, line) in head.Departments.Values)
            if (IsHeldNowhere(department.Post, department.At))
                errors.Add(
                    PackFiles.Pack,
                    line,
                    $"department {department.Id} has nobody: {Rule(department.Post, department.At)} is held nowhere"
                );

        foreach (var (category, line) in categories)
        {
            foreach (var rule in category.Recipients.Where(r => IsHeldNowhere(r.Post, r.At)))
                errors.Add(
                    PackFiles.Catalogue,
                    line,
                    $"category {category.Code} reaches nobody by {Rule(rule.Post, rule.At)}: it is held nowhere"
                );
            foreach (var rule in category.Recipients.Where(r => r.Within is { } code && !tree.Areas.ContainsKey(code)))
                errors.Add(
                    PackFiles.Catalogue,
                    line,
                    $"category {category.Code}: within names {rule.Within}, which is no area of this pack"
                );
            if (category.Confidential)
                CheckConfidential(category, line);
        }

        // Otherwise somebody would be offered cases that they can't open once the shift is over.
        foreach (var (shift, line) in duty.Shifts)
            if (!tree.People[shift.Person].Over(tree.Areas[shift.Area]).Has(Permission.Read))
                errors.Add(
                    PackFiles.Duty,
                    line,
                    $"{shift.Person} is on duty in {shift.Area}, but holds no post there or above that may read: name somebody who does"
                );

        // One leaf with a holder is enough, so only a wrong rule searches the whole tree.
        bool IsHeldNowhere(string post, string? at) => leaves.All(leaf => LoadedPack.NearestHolders(post, at, leaf).Count == 0);

        // Otherwise the holders of the fallback post could see cases that only the category's recipients may see.
        void CheckConfidential(Category category, int line)
        {
            var vacant = pack.Areas.Where(a => ReachesNobody(category, tree.Areas[a.Code])).ToList();
            if (vacant.Count > 0)
                errors.Add(
                    PackFiles.Catalogue,
                    line,
                    $"confidential category {category.Code} would fall to {head.FallbackPost} from {vacant.Count} of {pack.Areas.Length} "
                        + $"areas, such as {vacant[0].Code}: its recipients are vacant there"
                );
        }
    }

    static bool ReachesNobody(Category category, AreaNode area) =>
        category
            .Recipients.Where(r => r.When is null && r.Within is null)
            .All(r => LoadedPack.NearestHolders(r.Post, r.At, area).Count == 0);

    static string Rule(string post, string? at) => at is null ? $"post {post}" : $"post {post} at {at} or above";
}
