namespace GridActors.Postgres;

/// <summary>The private PostgreSQL can't run. The message is one sentence for the person at the terminal, and says what to do.</summary>
public sealed class ServerException(string message, Exception? inner = null) : Exception(message, inner);
