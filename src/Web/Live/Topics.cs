using GridActors.Contracts.Cases;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.SignalR;

namespace GridActors.Web.Live;

/// <summary>
/// The topics of this process, and which browser watches which. A topic is here from its first browser to its last. One lock guards all of
/// it: joining and leaving are rare, and quick.
/// </summary>
sealed class Topics
{
    /// <summary>More topics than any page needs. A page that watches more is faulty.</summary>
    const int MaxTopicsPerConnection = 64;

    readonly Lock _lock = new();
    readonly Dictionary<object, Topic> _topics = [];

    public IReadOnlyList<Topic> All()
    {
        lock (_lock)
            return [.. _topics.Values];
    }

    /// <param name="create">Makes the topic when this is the first browser that watches it.</param>
    /// <param name="maxConnections">How many browsers may watch it.</param>
    /// <exception cref="HubException">The connection is over, or watches too much already; or too many watch the topic.</exception>
    public TTopic Join<TTopic>(LiveConnection connection, object key, Func<TTopic> create, int maxConnections = int.MaxValue)
        where TTopic : Topic
    {
        lock (_lock)
        {
            // A call can take longer than its connection lasts.
            if (connection.IsClosed)
                throw new HubException($"{Problem.NotSignedIn}: the connection is over.");
            _topics.TryGetValue(key, out var topic);
            if (topic is not null && connection.Topics.Contains(topic))
                return (TTopic)topic;
            if (connection.Topics.Count >= MaxTopicsPerConnection)
                throw new HubException($"{CaseRejections.Busy}: one connection watches at most {MaxTopicsPerConnection} things.");
            if (topic?.Connections.Count >= maxConnections)
                throw connection.Refusal(Problem.TooManyConnections);
            if (topic is null)
                _topics[key] = topic = create();
            topic.Connections = topic.Connections.Add(connection);
            connection.Topics.Add(topic);
            return (TTopic)topic;
        }
    }

    /// <returns>The topic when this was its last browser: it must be ended.</returns>
    public Topic? Leave(LiveConnection connection, object key)
    {
        lock (_lock)
            return _topics.TryGetValue(key, out var topic) && Remove(connection, topic) ? topic : null;
    }

    /// <summary>The connection is over, and can't join a topic any more.</summary>
    /// <returns>The topics of which this was the last browser: they must be ended.</returns>
    public IReadOnlyList<Topic> LeaveAll(LiveConnection connection)
    {
        lock (_lock)
        {
            connection.IsClosed = true;
            return [.. connection.Topics.ToArray().Where(topic => Remove(connection, topic))];
        }
    }

    /// <returns>True when the connection was the topic's last.</returns>
    bool Remove(LiveConnection connection, Topic topic)
    {
        if (!connection.Topics.Remove(topic))
            return false;
        topic.Connections = topic.Connections.Remove(connection);
        return topic.Connections.IsEmpty && _topics.Remove(topic.Key);
    }
}
