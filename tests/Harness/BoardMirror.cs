namespace GridActors.Harness;

/// <summary>A board as a page keeps it: a snapshot, and the frames that continue it. Follows docs/api.md to the letter.</summary>
public sealed class BoardMirror(HubClient hub, string area)
{
    int _read;

    public Board Board { get; private set; } = null!;

    /// <summary>Snapshots taken; one, unless a frame was missing or the board began anew.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Frames that continued the board.</summary>
    public int Applied { get; private set; }

    /// <summary>Frames to lose before they are seen.</summary>
    public int Lose { get; set; }

    public async Task Watch()
    {
        Board = await hub.WatchArea(area);
        Snapshots++;
    }

    /// <summary>Goes on with what was pushed until the board is as it should be.</summary>
    public async Task Until(Func<Board, bool> fact)
    {
        if (Board is null)
            await Watch();
        while (!fact(Board!))
        {
            await hub.Next("AreaChanged", p => p.Argument.GetProperty("area").GetString() == area, _read);
            for (var pushes = hub.Pushes; _read < pushes.Count; )
            {
                var push = pushes[_read++];
                if (push.Target != "AreaChanged")
                    continue;
                var frame = push.As<Frame>();
                if (frame.Area == area)
                    await Take(frame);
            }
        }
    }

    async Task Take(Frame frame)
    {
        if (Lose > 0)
        {
            Lose--;
            return;
        }
        if (frame.Full)
        {
            Board = Apply(frame, []);
        }
        else if (frame.Epoch == Board.Epoch && frame.Sequence <= Board.Sequence)
        {
            return; // The snapshot had it already.
        }
        else if (frame.Epoch != Board.Epoch || frame.Previous != Board.Sequence)
        {
            await Watch();
            return;
        }
        else
        {
            Board = Apply(frame, Board.Children);
        }
        Applied++;
    }

    Board Apply(Frame frame, IReadOnlyList<Child> known) =>
        Board with
        {
            Epoch = frame.Epoch,
            Sequence = frame.Sequence,
            AsOf = frame.AsOf,
            Day = frame.Day,
            Counts = frame.Counts,
            Children =
                known.Count == 0 ? frame.Children : [.. known.Select(k => frame.Children.FirstOrDefault(c => c.Code == k.Code) ?? k)],
            Ticker = frame.Full ? frame.Ticker : [.. frame.Ticker.Concat(Board.Ticker).OrderByDescending(t => t.At).Take(20)],
        };
}
