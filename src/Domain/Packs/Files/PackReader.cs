using System.Collections.Immutable;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>Reads a pack's folder and checks it. The format is described in docs/packs.md.</summary>
public static class PackReader
{
    /// <summary>The files of which a pack can consist.</summary>
    public static IReadOnlyList<string> FileNames => PackFiles.Names;

    /// <summary>
    /// Computes <see cref="Pack.Digest"/> without parsing the files. A folder that isn't a pack gets a digest that no pack has.
    /// </summary>
    public static string DigestOf(string folder) => PackFiles.Read(folder, new PackErrors()).Digest;

    /// <summary>What a pack says of its working time, from <c>pack.yaml</c> and the calendars alone.</summary>
    /// <returns>Null, and the errors, when one of these files is wrong.</returns>
    public static (string Pack, WorkSchedule Schedule, string TimeZone)? ReadWorkingTime(string folder, out ImmutableArray<PackError> wrong)
    {
        var errors = new PackErrors();
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var head = PackHead.Read(PackFiles.Read(path, [PackFiles.Pack], errors), Path.GetFileName(path), errors);
        wrong = errors.Sorted();
        return head is null || errors.Any ? null : (head.Id, head.WorkSchedule, head.TimeZone);
    }

    /// <summary>
    /// Returns the pack, or everything that is wrong in the folder at once. It doesn't throw because of the folder's content.
    /// </summary>
    public static PackResult Read(string folder)
    {
        var errors = new PackErrors();
        if (!Directory.Exists(folder))
            return new PackResult(null, [new PackError(folder, 0, "there is no such folder; a pack is a folder like packs/liling")]);

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Read(Path.GetFileName(path), PackFiles.Read(path, errors), errors);
    }

    /// <summary>Reads a pack from files that are kept elsewhere, with the program's own calendars.</summary>
    public static PackResult Read(string id, IReadOnlyCollection<PackSource> sources)
    {
        var errors = new PackErrors();
        return Read(id, PackFiles.Of(sources, errors), errors);
    }

    static PackResult Read(string id, PackFiles files, PackErrors errors)
    {
        var head = PackHead.Read(files, id, errors);
        var areas = AreasFile.Read(files, head, errors);
        var people = PeopleFiles.ReadPeople(files, errors);
        foreach (var stranger in head?.Demo.Where(id => people?.Knows(id) == false) ?? [])
            errors.Add(PackFiles.Pack, head!.Line, $"demo names {stranger}, who is not in {PackFiles.People}");
        var holdings = PeopleFiles.ReadHoldings(files, head, areas, people, errors);
        var catalogue = CatalogueFile.Read(files, head, errors);
        var duty = DutyFile.Read(files, head, areas, people, errors);
        var households = HouseholdsFile.Read(files, head, catalogue, errors);
        var surveys = SurveysFile.Read(files, head, areas, households, errors);
        var tasks = TasksFile.Read(files, head, errors);
        if (FormsFile.Read(files, head, households, errors) is { IsEmpty: false } forms)
            households = households! with { Forms = forms };
        var field = FieldFile.Read(files, areas, errors);
        var scores = ScoresFile.Read(files, head, households, field, errors);
        var (boundaries, schematic) = BoundariesFile.Read(files, areas, errors);
        RobotKeys.Check(head, areas, errors);
        if (head is not null && !head.Posts.ContainsKey(head.FallbackPost) && head.FallbackPost.Length > 0)
            errors.Add(PackFiles.Pack, head.Line, $"fallbackPost {head.FallbackPost} is not in the list of posts");

        if (errors.Any || head is null || areas is null || people is null || holdings is null)
            return new PackResult(null, errors.Sorted());

        var pack = new Pack
        {
            Id = head.Id,
            Name = head.Name,
            NameEn = head.NameEn,
            TimeZone = head.TimeZone,
            WorkSchedule = head.WorkSchedule,
            RegisterPrefix = head.RegisterPrefix,
            Levels = head.Levels,
            Posts = [.. head.Posts.Values],
            Areas = [.. areas.All],
            People = [.. people.ById.Values],
            Holdings = [.. holdings],
            Departments = [.. head.Departments.Values.Select(d => d.Department)],
            Categories = [.. catalogue.Categories.Select(c => c.Category)],
            Ladder = catalogue.Ladder,
            Supervision = catalogue.Supervision,
            MaxReturns = catalogue.MaxReturns,
            ReopenWithin = catalogue.ReopenWithin,
            Systems = [.. head.Systems.Values],
            Robots = [.. head.Robots.Select(r => r.Robot)],
            Consultation = catalogue.Consultation,
            Meetings = catalogue.Meetings,
            Checklist = catalogue.Checklist,
            Rotas = [.. head.Rotas.Values],
            Shifts = [.. duty.Shifts.Select(s => s.Shift)],
            Households = households,
            Surveys = surveys,
            Tasks = tasks,
            Field = field,
            Scores = scores,
            FallbackPost = head.FallbackPost,
            ConfidentialFrom = head.ConfidentialFrom,
            ConfidentialDelayDays = head.ConfidentialDelayDays,
            Demo = head.Demo,
            RankBy = head.RankBy,
            Boundaries = boundaries,
            BoundariesAreSchematic = schematic,
            Sources = files.Sources,
            Digest = files.Digest,
        };
        ReachCheck.Run(pack, head, catalogue.Categories, duty, errors);
        return errors.Any ? new PackResult(null, errors.Sorted()) : new PackResult(pack, []);
    }
}
