using System.Threading.Channels;

namespace GridActors.Web.Live;

/// <summary>
/// Notifies the live connections of this process that a silo has left the cluster. The actors that were watched there know their watchers
/// no more.
/// </summary>
public sealed class SiloChanges
{
    readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Notify() => _changes.Writer.TryWrite(true);

    /// <summary>Completes after the next change. Changes that come while nobody waits are one.</summary>
    internal async Task Next(CancellationToken cancellationToken) => await _changes.Reader.ReadAsync(cancellationToken);
}
