namespace GridActors.Harness;

/// <summary>Keeps a board as a page does: a snapshot, and the frames that continue it, as docs/api.md describes.</summary>
public sealed class BoardMirror(HubClient hub, string area)
{
    int _read;

    public Board Board { get; private set; } = null!;

    /// <summary>How many snapshots were taken: more than one when a frame was missing or the board restarted.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Frames that continued the board.</summary>
    public int Applied { get; private set; }

    /// <summary>How many of the next frames to drop, as if they had been lost.</summary>
    public int Lose { get; set; }

    public async Task Watch()
    {
        Board = await hub.WatchArea(area);
        Snapshots++;
    }

    /// <summary>Applies pushed frames until the board is as expected.</summary>
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
        if (!frame.Full && frame.Epoch == Board.Epoch && frame.Sequence <= Board.Sequence)
            return; // The snapshot contains this frame.
        if (Lose > 0)
        {
            Lose--;
            return;
        }
        if (frame.Full)
        {
            Board = Apply(frame, []);
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
