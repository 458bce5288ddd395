using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Storage.Cases;
using GridActors.Storage.Inbox;

namespace GridActors.Web.Inbox;

/// <summary>
/// Where a page of an inbox begins. By the last change the order changes under whoever reads it: a case that changes jumps ahead of the
/// pages that were read already. So after the last page come those that have changed since the first one, until there are none, and no case
/// is on no page.
/// </summary>
/// <param name="Newest">The first case of the first page; only by the last change.</param>
/// <param name="After">The last case of the page before.</param>
sealed record InboxCursor(InboxOrder Order, (DateTimeOffset At, Guid Id)? Newest, (DateTimeOffset At, Guid Id) After)
{
    static readonly Dictionary<InboxOrder, string> Letters = new()
    {
        [InboxOrder.LastChanged] = "l",
        [InboxOrder.FirstChanged] = "f",
        [InboxOrder.LongestWaiting] = "o",
        [InboxOrder.Due] = "d",
    };

    public override string ToString() =>
        Newest is { } newest
            ? Paging.Write(Letters[Order], Paging.Part(After), Paging.Part(newest))
            : Paging.Write(Letters[Order], Paging.Part(After));

    /// <returns>False when the text is no cursor of this order; true with null when there is none.</returns>
    /// <param name="asked">The order that is asked for; the pages of the last change end with those of the first.</param>
    public static bool TryRead(string? text, InboxOrder asked, out InboxCursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (Paging.Read(text) is not [var letter, .. var positions] || positions.Length is not (1 or 2))
            return false;
        var order = Letters.FirstOrDefault(l =>
            l.Value == letter && (l.Key == asked || (l.Key == InboxOrder.FirstChanged && asked == InboxOrder.LastChanged))
        );
        if (order.Value is null || !Paging.TryPart(positions[0], out var after))
            return false;
        if (order.Key != InboxOrder.LastChanged)
            cursor = new(order.Key, null, after);
        else if (positions.Length == 2 && Paging.TryPart(positions[1], out var newest))
            cursor = new(order.Key, newest, after);
        return cursor is not null;
    }
}

/// <summary>Reads an inbox page by page.</summary>
sealed class InboxPages(InboxQueries queries)
{
    /// <returns>The cases, and where the next page begins; null after the last page.</returns>
    public async Task<(IReadOnlyList<CaseRow> Rows, InboxCursor? Next)> Read(
        PersonId person,
        InboxRole? role,
        InboxOrder order,
        InboxCursor? cursor,
        int pageSize,
        CancellationToken cancellationToken
    )
    {
        order = cursor?.Order ?? order;
        var rows = await queries.List(person, role, order, cursor?.After, pageSize + 1, cancellationToken);
        if (rows.Count > pageSize)
        {
            rows = [.. rows.Take(pageSize)];
            var newest = order == InboxOrder.LastChanged ? cursor?.Newest ?? Position(rows[0], order) : default((DateTimeOffset, Guid)?);
            return (rows, new(order, newest, Position(rows[^1], order)));
        }
        if (cursor?.Newest is not { } first)
            return (rows, null);
        var changed = await queries.List(person, role, InboxOrder.FirstChanged, first, 1, cancellationToken);
        return (rows, changed.Count > 0 ? new(InboxOrder.FirstChanged, null, first) : null);
    }

    static (DateTimeOffset At, Guid Id) Position(CaseRow row, InboxOrder order) =>
        order switch
        {
            InboxOrder.LongestWaiting => row.Place(CaseOrder.Oldest),
            InboxOrder.Due => row.Place(CaseOrder.Due),
            _ => (row.UpdatedAt, row.Id),
        };
}
