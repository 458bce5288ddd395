using System.Text.Json;
using GridActors.Domain.Households;
using GridActors.Domain.Surveys;

namespace GridActors.Decisions.Tests.Surveys;

/// <summary>Every shape of an event of surveys and answer sheets ever written, as the journal holds it. A file is never changed.</summary>
public sealed class SurveyEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Surveys", "golden");

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again()
    {
        foreach (var kind in SurveyEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var written = SurveyEventJson.Write(SurveyEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
        }
        Assert.Equal(SurveyEventJson.AllKinds.Count, Directory.GetFiles(Folder).Length);
    }

    /// <summary>What <see cref="SurveyEvent.Map"/> leaves out would be stored without being sealed, and so be lost.</summary>
    [Fact]
    public void Answers_and_reasons_of_a_sheet_are_never_written_in_clear()
    {
        var place = new SheetPlace(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), new("qinghe/C-A1-1"));
        var facts = Facts.Of(place.Subject, Facts.None.Add("school", "清河小学"));

        SurveyEvent[] events = [new SheetFilled(place, 1, facts), new SheetCorrected(1, facts), new SheetRefused(place, 1, facts)];

        Assert.All(events, e => Assert.DoesNotContain("清河小学", SurveyEventJson.Write(e).Data, StringComparison.Ordinal));
        Assert.All(
            events,
            e => Assert.Contains("AQID", SurveyEventJson.Write(e.Map(f => f with { Sealed = [1, 2, 3] })).Data, StringComparison.Ordinal)
        );
    }
}
