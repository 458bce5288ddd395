using System.Globalization;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Replay;

/// <summary>Compares the top board with the file.</summary>
sealed record BoardCheck(Baseline File, Baseline Board, Baseline Before)
{
    /// <summary>
    /// True when the board shows the file's figures, plus those of the cases that were there before the replay. If there were none, or if
    /// this file was replayed before, the board shows the file's figures alone.
    /// </summary>
    public bool IsEqual => Board == File || Board == Sum(File, Before);

    public string Sentence =>
        IsEqual
            ? Board == File || Before == Baseline.Empty
                ? $"{Show(File)}: equal to the file"
                : $"{Show(File)}: equal to the file (besides {Number(Before.Reported)} that were there before)"
            : $"board {Show(Board)}; file {Show(File)}; before {Show(Before)}; "
                + $"difference reported {Board.Reported - Before.Reported - File.Reported:+#;-#;0} "
                + $"closed {Board.Closed - Before.Closed - File.Closed:+#;-#;0} open {Board.Open - Before.Open - File.Open:+#;-#;0}";

    public static async Task<Baseline> Read(Session session, CancellationToken cancellationToken)
    {
        var counts = (await session.Board(session.Home, cancellationToken)).Required("the top board").Counts;
        return new Baseline(counts.Reported, counts.Closed, counts.Open);
    }

    /// <summary>Reads the board until it shows the file's figures or the time is up: boards lag a moment behind the cases.</summary>
    public static async Task<BoardCheck> Await(
        Session session,
        Baseline file,
        Baseline before,
        TimeSpan deadline,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var check = new BoardCheck(file, await Read(session, cancellationToken), before);
            if (check.IsEqual || clock.GetElapsedTime(began) > deadline)
                return check;
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken);
        }
    }

    static Baseline Sum(Baseline a, Baseline b) => new(a.Reported + b.Reported, a.Closed + b.Closed, a.Open + b.Open);

    static string Show(Baseline b) => $"reported {Number(b.Reported)} closed {Number(b.Closed)} open {Number(b.Open)}";

    static string Number(int n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
