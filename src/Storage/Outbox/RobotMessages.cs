using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Robots;

namespace GridActors.Storage.Outbox;

/// <summary>
/// The rows of <c>outbox</c> for robots of group chats. Each holds one notice; what is due at one moment goes out as one message.
/// </summary>
public static class RobotMessages
{
    const string TargetPrefix = "robot/";
    const string KindPrefix = "robot.";

    /// <summary>The kind of what passed while the service was down. It is sent when no more of it has come for a while.</summary>
    public const string LateKind = "robot.late";

    /// <summary>Longer than it takes between two of the clocks that are caught up after an outage.</summary>
    const int LateWaitSeconds = 10;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The receiver of a robot's messages. No system of a pack has such an id.</summary>
    public static string TargetOf(string robot) => TargetPrefix + robot;

    /// <returns>Null when the receiver is no robot.</returns>
    public static string? RobotOf(string target) =>
        target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : null;

    public static RobotNotice Read(string body) => JsonSerializer.Deserialize<RobotNotice>(body, Json)!;

    /// <summary>What a step gives the robots of the pack to tell. Most steps give nothing.</summary>
    public static IEnumerable<NewMessage> Of(CaseView? before, CaseView now, LoadedPack pack, TimeSpan lateAfter)
    {
        foreach (var robot in pack.Pack.Robots)
        foreach (var notice in RobotNotices.Of(before, now, robot, pack, lateAfter))
            yield return new(
                OperationIds.OfCreated(
                    now.Id.ToString("N"),
                    string.Create(CultureInfo.InvariantCulture, $"robot {robot.Id} {now.Version} {notice.Event} {notice.Clock}")
                ),
                pack.Pack.Id,
                TargetOf(robot.Id),
                now.Id,
                notice.IsLate ? LateKind : KindPrefix + JsonNamingPolicy.CamelCase.ConvertName(notice.Event.ToString()),
                JsonSerializer.Serialize(notice, Json),
                now.UpdatedAt,
                notice.IsLate ? LateWaitSeconds : 0
            );
    }
}
