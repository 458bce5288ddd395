using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Tests;

public sealed class ReplayStateTests : IDisposable
{
    static readonly ReplayBinding Binding = new("liling", "430281", "ll-centre-1", "digest");
    static readonly DateTimeOffset Began = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    string Path => System.IO.Path.Combine(_folder.FullName, "below", "replay.state");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Finished_requests_are_known_after_an_interruption()
    {
        using (var state = ReplayState.Open(Path, Binding, new Baseline(5, 3, 2), Began))
        {
            state.Reported("101", "c-1");
            state.Reported("102", "c-2");
            state.Done("101");
        }

        using var resumed = ReplayState.Open(Path, Binding, new Baseline(7, 4, 3), Began.AddDays(1));

        Assert.True(resumed.IsDone("101"));
        Assert.False(resumed.IsDone("102"));
        Assert.Equal("c-2", resumed.CaseOf("102"));
        Assert.Null(resumed.CaseOf("103"));
        Assert.Equal(1, resumed.Finished);
        Assert.Equal(Began, resumed.Header.BeganAt);
        Assert.Equal(new Baseline(5, 3, 2), resumed.Header.Baseline);
    }

    [Theory]
    [InlineData("r 10")]
    [InlineData("d 102")]
    public void An_incomplete_line_is_ignored_and_overwritten(string torn)
    {
        using (var state = ReplayState.Open(Path, Binding, Baseline.Empty, Began))
            state.Done("101");
        File.AppendAllText(Path, torn);

        using (var resumed = ReplayState.Open(Path, Binding, Baseline.Empty, Began))
        {
            Assert.False(resumed.IsDone("102"));
            resumed.Done("103");
        }

        using var again = ReplayState.Open(Path, Binding, Baseline.Empty, Began);
        Assert.True(again.IsDone("101") && again.IsDone("103"));
        Assert.False(again.IsDone("102"));
    }

    [Fact]
    public void An_incomplete_header_is_written_again()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, "{\"format\":1,\"bind");

        using (var state = ReplayState.Open(Path, Binding, Baseline.Empty, Began))
            state.Done("101");

        using var again = ReplayState.Open(Path, Binding, Baseline.Empty, Began);
        Assert.True(again.IsDone("101"));
    }

    [Theory]
    [InlineData("aoyang", "ll-centre-1", "digest")]
    [InlineData("liling", "ll-centre-2", "digest")]
    [InlineData("liling", "ll-centre-1", "another")]
    public void A_state_of_another_pack_account_or_file_is_refused(string pack, string account, string digest)
    {
        using (ReplayState.Open(Path, Binding, Baseline.Empty, Began)) { }

        Assert.Throws<StateMismatchException>(() =>
            ReplayState.Open(Path, new ReplayBinding(pack, "430281", account, digest), Baseline.Empty, Began)
        );
    }

    [Theory]
    [InlineData("type,category\nLead,hazardous-waste\n")]
    [InlineData("one line without an end")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1}\n")]
    [InlineData("\0\0\0")]
    public void A_file_that_is_something_else_is_refused_and_left_alone(string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, text);

        Assert.Throws<StateMismatchException>(() => ReplayState.Open(Path, Binding, Baseline.Empty, Began));
        Assert.Equal(text, File.ReadAllText(Path));
    }

    [Fact]
    public void What_was_done_before_the_replay_is_known_after_an_interruption()
    {
        using (var state = ReplayState.Open(Path, Binding, new Baseline(2, 1, 1), Began))
        {
            state.Done("101", DoneBefore.Closed);
            state.Done("102", DoneBefore.Reported);
            state.Done("103");
        }

        using var resumed = ReplayState.Open(Path, Binding, Baseline.Empty, Began);

        Assert.Equal(new Baseline(2, 1, 1), resumed.Earlier);
        Assert.Equal(3, resumed.Finished);
    }
}
