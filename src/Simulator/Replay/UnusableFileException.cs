namespace GridActors.Simulator.Replay;

/// <summary>A file isn't what it should be. The message is for the person at the terminal, with the file and the line.</summary>
/// <param name="line">1 for the first line; 0 when the file as a whole is meant.</param>
public sealed class UnusableFileException(string path, int line, string why)
    : Exception(line > 0 ? $"{path}:{line}: {why}" : $"{path}: {why}");
