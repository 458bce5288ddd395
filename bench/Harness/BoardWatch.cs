using System.Buffers.Text;

namespace GridActors.Harness;

/// <summary>
/// Measures how old changes are when they arrive at a board. Every ticker item carries the moment when the change was decided, read from
/// the same clock. A frame lists the last 20 changes.
/// </summary>
sealed class BoardWatch
{
    long _frames;
    long _bytes;

    /// <summary>The time from the decision, before the commit, to the arrival.</summary>
    public Histogram Changes { get; } = new();

    /// <summary>The time from the making of a frame to its arrival.</summary>
    public Histogram Delivery { get; } = new();

    public long Frames => Interlocked.Read(ref _frames);
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Frames count only while this is set, so that connecting and warming up don't count.</summary>
    public bool IsOn { get; set; }

    public void Read(ReadOnlySpan<byte> message)
    {
        // A full frame also lists older changes, so it isn't measured.
        if (!IsFrame(message, out var now) || message.IndexOf("\"full\":true"u8) >= 0)
            return;
        var ticker = message.IndexOf("\"ticker\":["u8);
        if (ticker < 0)
            return;
        var rest = message[ticker..];
        while (Time(rest, "\"at\":\""u8, out var at, out var end))
        {
            Changes.Add(now - at);
            rest = rest[end..];
        }
    }

    /// <returns>True when the message was a frame, which has then been counted.</returns>
    public bool IsFrame(ReadOnlySpan<byte> message, out DateTime now)
    {
        now = default;
        if (!IsOn || message.IndexOf("\"AreaChanged\""u8) < 0)
            return false;
        now = DateTime.UtcNow;
        Interlocked.Increment(ref _frames);
        Interlocked.Add(ref _bytes, message.Length + 1);
        if (Time(message, "\"asOf\":\""u8, out var asOf, out _))
            Delivery.Add(now - asOf);
        return true;
    }

    static bool Time(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, out DateTime time, out int end)
    {
        (time, end) = (default, 0);
        var at = text.IndexOf(name);
        if (at < 0)
            return false;
        end = at + name.Length;
        var value = text[end..];
        var quote = value.IndexOf((byte)'"');
        return quote > 0 && TryParse(value[..quote], out time);
    }

    /// <summary><c>2026-11-22T01:12:00.123456+00:00</c>, with any number of decimals.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out DateTime time)
    {
        time = default;
        if (text.Length < 20 || !Utf8Parser.TryParse(text[..4], out int year, out _))
            return false;
        var ticks = new DateTime(year, Two(text, 5), Two(text, 8), Two(text, 11), Two(text, 14), Two(text, 17), DateTimeKind.Utc).Ticks;
        var at = 19;
        if (text[at] == '.')
        {
            var unit = TimeSpan.TicksPerSecond;
            for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
                ticks += (text[at] - '0') * (unit /= 10);
        }
        if (at + 6 <= text.Length && text[at] is (byte)'+' or (byte)'-')
        {
            var offset = (Two(text, at + 1) * 60 + Two(text, at + 4)) * TimeSpan.TicksPerMinute;
            ticks -= text[at] == '+' ? offset : -offset;
        }
        time = new(ticks, DateTimeKind.Utc);
        return true;
    }

    static int Two(ReadOnlySpan<byte> text, int at) => (text[at] - '0') * 10 + text[at + 1] - '0';
}
