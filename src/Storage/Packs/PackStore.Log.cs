using Microsoft.Extensions.Logging;

namespace GridActors.Storage.Packs;

public sealed partial class PackStore
{
    [LoggerMessage(
        3303,
        LogLevel.Information,
        "Pack {Pack}: version {Version}, published in the console, stays in force; the folder's files are those of an earlier one."
    )]
    partial void LogKept(string pack, int version);

    [LoggerMessage(
        3304,
        LogLevel.Warning,
        "Pack {Pack}: the folder's files were changed while version {Version}, published in the console, is in force. They are the "
            + "draft in the console now: check it and publish it, or discard it."
    )]
    partial void LogOffered(string pack, int version);

    [LoggerMessage(
        3305,
        LogLevel.Warning,
        "Pack {Pack}: the folder's files were changed while version {Version}, published in the console, is in force, and a draft is "
            + "being edited. The files are not used: publish or discard the draft, and change them again."
    )]
    partial void LogIgnored(string pack, int version);
}
