using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Day;

/// <summary>
/// What people write, in the plain words of a patrol: the phrases of <c>Phrases.json</c>. Reports are chosen by what a category is called,
/// since codes differ from pack to pack.
/// </summary>
static class Phrases
{
    static readonly PhraseBook Book = Read();

    public static (string Title, string Detail) Report(CategoryView category, Random random)
    {
        if (BankOf(category) is not { } bank)
            return (One(Book.PlainTitles, random).Replace("{0}", category.Name, StringComparison.Ordinal), One(Book.PlainDetails, random));
        var report = One(bank.Reports, random);
        return (report.Title, report.Detail);
    }

    public static string SolvedOnTheSpot(CategoryView category, Random random) => One(WorkOf(category).OnTheSpot, random);

    public static string Progress(CategoryView category, Random random) => One(WorkOf(category).Progress, random);

    public static string Resolution(CategoryView category, Random random) => One(WorkOf(category).Resolution, random);

    public static string Explanation(CategoryView category, Random random) => One(WorkOf(category).Explanation, random);

    public static string Comment(Random random) => One(Book.Comments, random);

    public static string Releasing(Random random) => One(Book.Releasing, random);

    public static string HandingOver(Random random) => One(Book.HandingOver, random);

    public static string Reopening(Random random) => One(Book.Reopening, random);

    public static string Transferring(string department) => $"经核实属{department}职责，转请办理。";

    /// <summary>
    /// The first bank of phrases that fits the category; particular banks come before general ones. A category that no bank fits gets
    /// phrases with its own name.
    /// </summary>
    static Bank? BankOf(CategoryView category) =>
        Array.Find(Book.Banks, b => Array.Exists(b.Words, w => category.Name.Contains(w, StringComparison.Ordinal)));

    static Work WorkOf(CategoryView category) => Book.Work[BankOf(category)?.Matter ?? Matter.Other];

    static T One<T>(T[] of, Random random) => of[random.Next(of.Length)];

    static PhraseBook Read()
    {
        using var file = typeof(Phrases).Assembly.GetManifestResourceStream("Phrases.json")!;
        return JsonSerializer.Deserialize(file, PhraseJson.Default.PhraseBook)!;
    }
}

/// <param name="PlainTitles">For a category that no bank fits; <c>{0}</c> is its name.</param>
sealed record PhraseBook(
    Bank[] Banks,
    string[] PlainTitles,
    string[] PlainDetails,
    Dictionary<Matter, Work> Work,
    string[] Comments,
    string[] Releasing,
    string[] HandingOver,
    string[] Reopening
);

/// <param name="Words">The reports fit a category whose name contains one of these.</param>
sealed record Bank(Matter Matter, string[] Words, ReportPhrase[] Reports);

sealed record ReportPhrase(string Title, string Detail);

/// <summary>What people write in later steps: solved at once, under way, done, or explained.</summary>
sealed record Work(string[] OnTheSpot, string[] Progress, string[] Resolution, string[] Explanation);

/// <summary>The work that is done, which progress notes are about.</summary>
enum Matter
{
    Other,
    Repair,
    Clear,
    Inspect,
    Mediate,
    Serve,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PhraseBook))]
sealed partial class PhraseJson : JsonSerializerContext;
