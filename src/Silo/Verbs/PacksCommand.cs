using System.CommandLine;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Silo.Hosting;

namespace GridActors.Silo.Verbs;

/// <summary><c>packs check</c>: checks whether a pack is valid.</summary>
static class PacksCommand
{
    /// <summary>The packs that <c>up</c> loads when none is named.</summary>
    public static IReadOnlyList<string> Default { get; } = ["liling", "chengtanjiang"];

    public static Command Create()
    {
        var names = new Argument<string[]>("pack")
        {
            Description = "Names of packs, or folders; default: every pack in packs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var check = new Command("check", "Reads packs and lists every error by file and line.") { names };
        check.SetAction(result =>
        {
            var packs = Read(result.GetValue(names) is { Length: > 0 } some ? some : All());
            foreach (var pack in packs ?? [])
                Console.WriteLine(
                    $"{pack.Id}: {pack.Name}, {pack.Areas.Length:N0} areas, {pack.People.Length:N0} people, "
                        + $"{pack.Holdings.Length:N0} posts held, {pack.Categories.Length} categories"
                );
            return packs is null ? 1 : 0;
        });
        return new Command("packs", "County packs.") { check, PacksExport.Create() };
    }

    /// <summary>Every pack in the folder of packs.</summary>
    static IReadOnlyList<string> All()
    {
        var packs = Path.Combine(Home.Folder(), "packs");
        if (!Directory.Exists(packs))
            return Default;
        return
        [
            .. Directory
                .GetFiles(packs, "pack.yaml", SearchOption.AllDirectories)
                .Select(f => Path.GetFileName(Path.GetDirectoryName(f))!)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The folder of a pack by its name, or the folder that was named.</summary>
    public static string Folder(string name)
    {
        var inClone = Path.Combine(Home.Folder(), "packs", name);
        return Directory.Exists(name) || !Directory.Exists(inClone) ? name : inClone;
    }

    /// <summary>Reads packs by name or folder, and prints every error of every pack.</summary>
    /// <param name="loaded">Digests of the loaded packs. A pack with the same digest is left out.</param>
    /// <returns>Null when one of the packs is invalid.</returns>
    public static IReadOnlyList<Pack>? Read(IEnumerable<string> names, IReadOnlyDictionary<string, string>? loaded = null)
    {
        var packs = new List<Pack>();
        var isSound = true;
        foreach (var name in names.Distinct())
        {
            var folder = Folder(name);
            if (
                loaded?.GetValueOrDefault(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))) is { } digest
                && digest == PackReader.DigestOf(folder)
            )
                continue;
            var result = PackReader.Read(folder);
            if (result.Pack is { } pack)
                packs.Add(pack);
            foreach (var error in result.Errors)
                Console.Error.WriteLine($"{name}/{error}");
            isSound &= result.IsValid;
        }
        foreach (var twice in packs.GroupBy(p => p.Id).Where(g => g.Count() > 1))
        {
            Console.Error.WriteLine($"Two packs have the id {twice.Key}: give one of them another.");
            isSound = false;
        }
        return isSound ? packs : null;
    }
}
