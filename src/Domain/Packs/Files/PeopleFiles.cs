using System.Collections.Immutable;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>people.csv</c>.</summary>
/// <param name="Broken">The ids in lines that can't be read.</param>
sealed record PeopleList(IReadOnlyDictionary<string, Person> ById, IReadOnlySet<string> Broken)
{
    public bool Knows(string id) => ById.ContainsKey(id) || Broken.Contains(id);
}

/// <summary>The content of <c>people.csv</c> and <c>posts.csv</c>: the people, and who holds which post where.</summary>
static class PeopleFiles
{
    static readonly string[] PeopleRequired = ["id", "name"];
    static readonly string[] PeopleOptional = ["employment", "generated"];
    static readonly string[] PostsRequired = ["area", "post", "person"];

    public static PeopleList? ReadPeople(PackFiles files, PackErrors errors)
    {
        if (CsvTable.Read(files, PackFiles.People, PeopleRequired, PeopleOptional, errors) is not { } table)
            return null;
        var lines = table.Lines;
        var people = new OrderedDictionary<string, Person>(lines.Count);
        var first = new Dictionary<string, int>(lines.Count);
        foreach (var line in lines)
        {
            var person = new Person(line["id"], line["name"], line["employment"], Formats.Flag(line["generated"]) == true);
            if (Formats.PersonId(person.Id) is { } idComplaint)
                Wrong($"id {idComplaint}");
            if (Formats.Name(person.Name) is { } nameComplaint)
                Wrong($"the name of {person.Id} {nameComplaint}");
            if (Formats.Length(person.Employment) > Formats.MaxNameLength)
                Wrong($"the employment of {person.Id} has more than {Formats.MaxNameLength} characters");
            if (line["generated"] is { Length: > 0 } generated && Formats.Flag(generated) is null)
                Wrong($"generated is \"{generated}\"; it must be true or false");
            if (!first.TryAdd(person.Id, line.Number))
                Wrong($"id {person.Id} stands twice; first in line {first[person.Id]}");
            people.TryAdd(person.Id, person);

            void Wrong(string message) => errors.Add(PackFiles.People, line.Number, message);
        }
        return new(people, table.Broken.Select(l => l["id"]).ToHashSet());
    }

    /// <summary>References to a file that couldn't be read aren't checked, because that file has an error of its own.</summary>
    public static ImmutableArray<PostHolding>? ReadHoldings(
        PackFiles files,
        PackHead? head,
        AreasFile? areas,
        PeopleList? people,
        PackErrors errors
    )
    {
        if (CsvTable.Read(files, PackFiles.Posts, PostsRequired, [], errors) is not { } table)
            return null;
        var lines = table.Lines;
        var holdings = ImmutableArray.CreateBuilder<PostHolding>(lines.Count);
        var seen = new Dictionary<PostHolding, int>(lines.Count);
        foreach (var line in lines)
        {
            var holding = new PostHolding(line["area"], line["post"], line["person"]);
            Area? area = null;
            Post? post = null;
            if (areas is not null && !areas.ByCode.TryGetValue(holding.Area, out area) && !areas.Knows(holding.Area))
                Wrong(
                    Formats.SpreadsheetNumber(holding.Area) is { } complaint
                        ? $"area {complaint}"
                        : $"area {holding.Area} is not in {PackFiles.Areas}"
                );
            if (head is not null && !head.Posts.TryGetValue(holding.Post, out post))
                Wrong($"post {holding.Post} is not in {PackFiles.Pack}");
            if (people is not null && !people.Knows(holding.Person))
                Wrong($"person {holding.Person} is not in {PackFiles.People}");
            if (area is not null && post is not null && head?.Depth(area.Level) is not null && !post.Levels.Contains(area.Level))
                Wrong(
                    $"post {post.Id} can't be held at level {area.Level}, where {area.Code} is; "
                        + $"it is a post of {string.Join(", ", post.Levels)}"
                );
            if (!seen.TryAdd(holding, line.Number))
                Wrong($"this stands twice; first in line {seen[holding]}");
            else
                holdings.Add(holding);

            void Wrong(string message) => errors.Add(PackFiles.Posts, line.Number, message);
        }
        return holdings.DrainToImmutable();
    }
}
