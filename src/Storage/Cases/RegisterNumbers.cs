using System.Collections.Concurrent;
using System.Globalization;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>
/// Register numbers (挂号), counted by pack and year: <c>LL2026-000123</c>. Confidential cases are counted apart,
/// <c>LL2026-C000007</c>, because a number that is missing in the register would tell that there is one. A process reserves a block of
/// numbers ahead, so that no report waits for the counter in the database, and a longer block when the last one ran out quickly. Numbers
/// that are unused when the process stops are skipped.
/// </summary>
public sealed class RegisterNumbers(NpgsqlDataSource source, TimeProvider clock) : IDisposable
{
    const int MinBlock = 8;
    const int MaxBlock = 1024;

    readonly ConcurrentDictionary<(string Series, int Year), Block> _blocks = new();

    // No pack's id has a slash.
    public ValueTask<string> Next(LoadedPack pack, bool isConfidential, DateTimeOffset at, CancellationToken cancellationToken) =>
        isConfidential
            ? Next(pack, $"{pack.Pack.Id}/confidential", "C", at, cancellationToken)
            : Next(pack, pack.Pack.Id, "", at, cancellationToken);

    /// <summary>The number of a supervision notice: <c>LL2026-D000012</c>, and <c>LL2026-DC000001</c> of a confidential case.</summary>
    public ValueTask<string> NextNotice(LoadedPack pack, bool isConfidential, DateTimeOffset at, CancellationToken cancellationToken) =>
        isConfidential
            ? Next(pack, $"{pack.Pack.Id}/supervision/confidential", "DC", at, cancellationToken)
            : Next(pack, $"{pack.Pack.Id}/supervision", "D", at, cancellationToken);

    /// <summary>The number of a consultation: <c>BR2026-H000012</c>, and <c>BR2026-HC000001</c> about a confidential case.</summary>
    public ValueTask<string> NextConsultation(
        LoadedPack pack,
        bool isConfidential,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        isConfidential
            ? Next(pack, $"{pack.Pack.Id}/consultation/confidential", "HC", at, cancellationToken)
            : Next(pack, $"{pack.Pack.Id}/consultation", "H", at, cancellationToken);

    /// <summary>The number of a meeting: <c>BR2026-M000012</c>.</summary>
    public ValueTask<string> NextMeeting(LoadedPack pack, DateTimeOffset at, CancellationToken cancellationToken) =>
        Next(pack, $"{pack.Pack.Id}/meeting", "M", at, cancellationToken);

    async ValueTask<string> Next(LoadedPack pack, string series, string mark, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var year = pack.Day(at).Year;
        var block = _blocks.GetOrAdd((series, year), _ => new());
        await block.Gate.WaitAsync(cancellationToken);
        try
        {
            if (block.Next == block.End)
            {
                var now = clock.GetTimestamp();
                var ranOutQuickly = clock.GetElapsedTime(block.TakenAt, now) < TimeSpan.FromSeconds(2);
                block.Length = ranOutQuickly ? Math.Min(MaxBlock, block.Length * 2) : MinBlock;
                block.TakenAt = now;
                block.End = await Take(series, year, block.Length, cancellationToken);
                block.Next = block.End - block.Length;
            }
            return string.Create(CultureInfo.InvariantCulture, $"{pack.Pack.RegisterPrefix}{year}-{mark}{block.Next++:D6}");
        }
        finally
        {
            block.Gate.Release();
        }
    }

    async Task<int> Take(string series, int year, int count, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            insert into register as r (pack, year, next) values ($1, $2, 1 + $3)
            on conflict (pack, year) do update set next = r.next + $3 returning next
            """
        );
        command.Bind(Parameters.Of(series), Parameters.Of(year), Parameters.Of(count));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public void Dispose()
    {
        foreach (var block in _blocks.Values)
            block.Gate.Dispose();
    }

    sealed class Block
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public int Next { get; set; }
        public int End { get; set; }
        public int Length { get; set; } = MinBlock;
        public long TakenAt { get; set; }
    }
}
