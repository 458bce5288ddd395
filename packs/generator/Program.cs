using GridActors.Generator;

if (args.Length != 2)
{
    Console.Error.WriteLine("Usage: dotnet run --project packs/generator -- <data folder> <packs folder>");
    return 2;
}

foreach (var (id, draft) in PackSet.Generate(args[0], args[1]))
    Console.WriteLine($"{id}: {draft.Areas.Count} areas, {draft.People.Count} people, {draft.Holdings.Count} posts held");
return 0;
