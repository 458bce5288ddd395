using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridActors.Simulator.Replay;

/// <summary>What a state file belongs to. The account is part of it because an Idempotency-Key is valid for one caller.</summary>
sealed record ReplayBinding(string Pack, string Root, string Account, string FileDigest);

/// <summary>What the top board showed before the first request of this replay.</summary>
sealed record Baseline(int Reported, int Closed, int Open)
{
    public static Baseline Empty { get; } = new(0, 0, 0);
}

/// <param name="BeganAt">When the board showed that, by the service's clock.</param>
sealed record StateHeader(int Format, ReplayBinding Binding, Baseline Baseline, DateTimeOffset BeganAt);

/// <summary>What an earlier replay, whose state wasn't kept, had done with a request before this replay began.</summary>
enum DoneBefore
{
    Nothing,
    Reported,
    Closed,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StateHeader))]
sealed partial class StateJson : JsonSerializerContext;

/// <summary>
/// How far a replay got: a header line, then <c>r &lt;request&gt; &lt;case&gt;</c> when a request was reported and <c>d &lt;request&gt;</c>
/// when its last step was taken, with <c>reported</c> or <c>closed</c> after it when that was so before this replay. A resumed run doesn't
/// send those again. The idempotency keys make sure that nothing is done twice, so a line that was lost or cut short only costs a few
/// calls.
/// </summary>
sealed class ReplayState : IDisposable
{
    const int Format = 1;
    readonly StreamWriter? _file;
    readonly Lock _writing = new();
    readonly Dictionary<string, string> _cases;
    readonly HashSet<string> _done;
    int _reportedEarlier;
    int _closedEarlier;

    ReplayState(StateHeader header, Dictionary<string, string> cases, HashSet<string> done, StreamWriter? file) =>
        (Header, _cases, _done, _file) = (header, cases, done, file);

    public StateHeader Header { get; }

    /// <summary>The requests reported by earlier runs, with their cases.</summary>
    public IReadOnlyDictionary<string, string> Cases => _cases;

    public int Finished => _done.Count;

    /// <summary>The requests of the file that the baseline counts already.</summary>
    public Baseline Earlier => new(_reportedEarlier, _closedEarlier, _reportedEarlier - _closedEarlier);

    public bool IsDone(string request) => _done.Contains(request);

    /// <summary>A state that keeps nothing. Every run sends everything, and the service repeats its first answers.</summary>
    public static ReplayState Forgetful(ReplayBinding binding, Baseline baseline, DateTimeOffset beganAt) =>
        new(new StateHeader(Format, binding, baseline, beganAt), [], [], null);

    public static ReplayState Open(string path, ReplayBinding binding, Baseline baseline, DateTimeOffset beganAt)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        var header = new StateHeader(Format, binding, baseline, beganAt);
        var cases = new Dictionary<string, string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        // Text after the last line end is a line that the interruption cut short.
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length == 0 && !IsCutHeader(text))
            throw Foreign(path);
        if (whole.Length > 0)
        {
            var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            header = ReadHeader(path, lines[0]);
            if (header.Binding != binding)
                throw new StateMismatchException(path, $"it belongs to {header.Binding}, this run is {binding}");
            var state = new ReplayState(header, cases, done, Append(path, null, whole));
            foreach (var line in lines.Skip(1))
                state.Fold(line);
            return state;
        }
        return new ReplayState(header, cases, done, Append(path, header, whole));
    }

    /// <summary>The case of a request that an earlier run reported. Requests of this run aren't added, so reading needs no lock.</summary>
    public string? CaseOf(string request) => _cases.GetValueOrDefault(request);

    public void Reported(string request, string caseId) => Write($"r {request} {caseId}");

    public void Done(string request, DoneBefore before = default)
    {
        Count(before);
        Write(before == default ? $"d {request}" : $"d {request} {(before == DoneBefore.Closed ? "closed" : "reported")}");
    }

    public void Dispose() => _file?.Dispose();

    void Write(string line)
    {
        if (_file is null)
            return;
        lock (_writing)
            _file.Write(line + "\n");
    }

    void Count(DoneBefore before)
    {
        if (before != default)
            Interlocked.Increment(ref _reportedEarlier);
        if (before == DoneBefore.Closed)
            Interlocked.Increment(ref _closedEarlier);
    }

    /// <summary>Whether an interruption can have left this of a header. Anything else is somebody's file, and isn't overwritten.</summary>
    static bool IsCutHeader(string text)
    {
        const string Begin = "{\"format\":1,\"binding\":";
        return text.StartsWith(Begin, StringComparison.Ordinal) || Begin.StartsWith(text, StringComparison.Ordinal);
    }

    static StateMismatchException Foreign(string path) => new(path, "it is no state file of this version");

    static StateHeader ReadHeader(string path, string line)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, StateJson.Default.StateHeader) is { Format: Format, Baseline: not null } header)
                return header;
        }
        catch (JsonException)
        {
            // The error below says that this is no state file of a replay.
        }
        throw Foreign(path);
    }

    void Fold(string line)
    {
        switch (line.Split(' '))
        {
            case ["r", var request, var caseId]:
                _cases[request] = caseId;
                break;
            case ["d", var request, .. var earlier]:
                if (_done.Add(request))
                    Count(
                        earlier switch
                        {
                            ["closed"] => DoneBefore.Closed,
                            ["reported"] => DoneBefore.Reported,
                            _ => default,
                        }
                    );
                break;
        }
    }

    static StreamWriter Append(string path, StateHeader? header, string whole)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(System.Text.Encoding.UTF8.GetByteCount(whole));
        file.Seek(0, SeekOrigin.End);
        var writer = new StreamWriter(file) { AutoFlush = true };
        if (header is not null)
            writer.Write(JsonSerializer.Serialize(header, StateJson.Default.StateHeader) + "\n");
        return writer;
    }
}

sealed class StateMismatchException(string path, string why)
    : Exception($"{path} can't be used here: {why}. Name another file with --state, or delete it.");
