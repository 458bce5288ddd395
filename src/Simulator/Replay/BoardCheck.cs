using System.Globalization;
using GridActors.Simulator.Client;

namespace GridActors.Simulator.Replay;

/// <summary>Compares the top board with the file.</summary>
/// <param name="Before">What the board showed before the replay.</param>
/// <param name="Earlier">Those of them that are requests of this file, because it was replayed before.</param>
sealed record BoardCheck(Baseline File, Baseline Board, Baseline Before, Baseline Earlier)
{
    Baseline Others => Difference(Before, Earlier);

    /// <summary>
    /// True when the board shows the file's figures, plus those of the other cases that were there before. When the board lagged as the
    /// replay began, it counted fewer of an earlier replay's cases than there were; then it may show the file's figures alone.
    /// </summary>
    public bool IsEqual => Board == File || Board == Sum(File, Others);

    public string Sentence =>
        IsEqual
            ? Board == File
                ? $"{Show(File)}: equal to the file"
                : $"{Show(File)}: equal to the file (besides {Number(Others.Reported)} that were there before)"
            : $"board {Show(Board)}; file {Show(File)}; others before {Show(Others)}; "
                + $"difference {Signed(Difference(Difference(Board, Others), File))}";

    public static async Task<(Baseline Shown, DateTimeOffset At)> Read(Session session, CancellationToken cancellationToken)
    {
        var (counts, asOf) = (await session.Board(session.Home, cancellationToken)).Required("the top board");
        return (new Baseline(counts.Reported, counts.Closed, counts.Open), asOf);
    }

    /// <summary>Reads the board until it shows the file's figures or the time is up: boards lag a moment behind the cases.</summary>
    public static async Task<BoardCheck> Await(
        Session session,
        Baseline file,
        Baseline before,
        Baseline earlier,
        TimeSpan deadline,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var check = new BoardCheck(file, (await Read(session, cancellationToken)).Shown, before, earlier);
            if (check.IsEqual || clock.GetElapsedTime(began) > deadline)
                return check;
            await Task.Delay(TimeSpan.FromMilliseconds(250), clock, cancellationToken);
        }
    }

    static Baseline Sum(Baseline a, Baseline b) => new(a.Reported + b.Reported, a.Closed + b.Closed, a.Open + b.Open);

    static Baseline Difference(Baseline a, Baseline b) => new(a.Reported - b.Reported, a.Closed - b.Closed, a.Open - b.Open);

    static string Signed(Baseline b) => $"reported {b.Reported:+#;-#;0} closed {b.Closed:+#;-#;0} open {b.Open:+#;-#;0}";

    static string Show(Baseline b) => $"reported {Number(b.Reported)} closed {Number(b.Closed)} open {Number(b.Open)}";

    static string Number(int n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
