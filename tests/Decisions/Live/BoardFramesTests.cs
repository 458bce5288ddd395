using System.Text.Json;
using System.Text.Json.Nodes;
using GridActors.Web.Live;

namespace GridActors.Decisions.Tests.Live;

/// <summary>The service merges board frames as the pages do: both are tested with the same cases.</summary>
public sealed class BoardFramesTests
{
    static readonly JsonArray Cases = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "board-frames.json"))
    )!["cases"]!.AsArray();

    public static TheoryData<string> Names => [.. Cases.Select(c => (string)c!["name"]!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Merge_gives_what_the_shared_case_expects(string name)
    {
        var merge = Cases.Single(c => (string)c!["name"]! == name)!;
        var (held, expected) = (FrameOf(merge["held"]!), merge["expected"] is { } after ? FrameOf(after) : null);

        var merged = BoardFrames.Merge(held, FrameOf(merge["frame"]!));

        // A board has no previous sequence.
        if (IsBoard(merge["held"]!) && expected is not null)
            expected = expected with { Previous = merged!.Previous };
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(merged));
    }

    [Fact]
    public void Merge_of_a_frame_that_is_contained_gives_the_held_one_itself()
    {
        var held = FrameOf(Cases[0]!["held"]!);

        Assert.Same(held, BoardFrames.Merge(held, held));
    }

    /// <summary>The service keeps a board as a full frame.</summary>
    static AreaFrameJson FrameOf(JsonNode value)
    {
        if (!IsBoard(value))
            return value.Deserialize<AreaFrameJson>(JsonSerializerOptions.Web)!;
        var frame = value.DeepClone().AsObject();
        frame["area"] = (string)value["area"]!["code"]!;
        frame["previous"] = (long)value["sequence"]!;
        frame["full"] = true;
        return frame.Deserialize<AreaFrameJson>(JsonSerializerOptions.Web)!;
    }

    static bool IsBoard(JsonNode value) => value["previous"] is null;
}
