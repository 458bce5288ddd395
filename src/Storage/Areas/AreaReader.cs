using GridActors.Storage.Database;

namespace GridActors.Storage.Areas;

/// <summary>Reads what a starting area shows.</summary>
public sealed class AreaReader(AreaQueries queries) : BatchReader<AreaRequest, AreaContent>
{
    protected override async Task<IReadOnlyList<AreaContent>> Query(
        IReadOnlyList<AreaRequest> requests,
        CancellationToken cancellationToken
    )
    {
        var own = await queries.Own(requests, cancellationToken);
        var children = await queries.Children(requests, cancellationToken);
        var tickers = await queries.Tickers([.. requests.Select(r => r.Area)], cancellationToken);
        return [.. own.Select((o, i) => new AreaContent(o, children[i], tickers[i]))];
    }
}
