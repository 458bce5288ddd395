using System.Text.Json.Serialization;

namespace GridActors.Domain.Packs;

/// <summary>What a post lets its holder do, within the area of the post and everything below it.</summary>
public enum Permission
{
    /// <summary>See boards, cases and people.</summary>
    Read,

    /// <summary>Report a case.</summary>
    Report,

    /// <summary>Hand a case to somebody, or take it from a claimant who doesn't act (派遣).</summary>
    Assign,

    /// <summary>Transfer a case to a department (转办).</summary>
    Transfer,

    /// <summary>Close a resolved or explained case (结案), return it to be done again (返工), or merge it into another one (合并).</summary>
    Close,

    /// <summary>Reopen a closed case.</summary>
    Reopen,

    /// <summary>Run the deployment: verify boards, and see the deployment's figures.</summary>
    Administer,

    /// <summary>Grant or refuse a pause (挂起) or a later due time (延期) that somebody below asks for.</summary>
    Approve,

    /// <summary>Issue supervision notices, and see their ledger (督办).</summary>
    Supervise,

    /// <summary>Hand cases over to other systems, and see what was sent to them (转外部系统).</summary>
    Forward,

    /// <summary>Call a consultation about a case (会诊), and record its decision.</summary>
    Consult,

    /// <summary>Hold the meetings over a ledger (民情台账), and put cases on it.</summary>
    Convene,

    /// <summary>See households and residents, masked (户情).</summary>
    [JsonStringEnumMemberName("read-households")]
    ReadHouseholds,

    /// <summary>Add and correct households, residents and places.</summary>
    [JsonStringEnumMemberName("edit-households")]
    EditHouseholds,

    /// <summary>Have masked values revealed for a purpose of the pack (查看明文).</summary>
    [JsonStringEnumMemberName("reveal-households")]
    RevealHouseholds,

    /// <summary>Import and export households.</summary>
    [JsonStringEnumMemberName("transfer-households")]
    TransferHouseholds,

    /// <summary>Define, publish and close surveys, and export their answers (问卷调查).</summary>
    [JsonStringEnumMemberName("manage-surveys")]
    ManageSurveys,

    /// <summary>See the positions of workers below by the metre, and replays of their patrols (轨迹).</summary>
    [JsonStringEnumMemberName("read-tracks")]
    ReadTracks,

    /// <summary>See who below is on duty and what their days hold, and clear flags (在岗、疑点).</summary>
    [JsonStringEnumMemberName("oversee-workers")]
    OverseeWorkers,

    /// <summary>Send tasks to the areas below (下达任务).</summary>
    [JsonStringEnumMemberName("send-tasks")]
    SendTasks,
}
