using System.Text.Json;
using GridActors.Domain.Scores;

namespace GridActors.Decisions.Tests.Scores;

/// <summary>Events of scores as the journal holds them: every shape ever written still loads, and is written the same.</summary>
public sealed class ScoreEventTests
{
    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Scores", "golden");

    [Fact]
    public void Every_kind_is_read_and_written_as_it_ever_was()
    {
        foreach (var kind in ScoreEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var written = ScoreEventJson.Write(ScoreEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
        }
    }

    [Fact]
    public void Kind_of_a_later_version_is_read_as_unknown()
    {
        Assert.Equal(new ScoreUnknown("score.doubled/9"), ScoreEventJson.Read("score.doubled/9", "{}"));
    }
}
