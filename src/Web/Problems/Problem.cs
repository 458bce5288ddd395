using System.Collections.Frozen;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Places;
using GridActors.Contracts.Reassignments;
using GridActors.Domain.Leaves;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridActors.Web.Problems;

/// <summary>
/// The problems that a call can end with: one table from the stable code to a status and a sentence. docs/api.md lists the same codes.
/// </summary>
public static partial class Problem
{
    public const string InvalidRequest = "invalid-request";
    public const string NotSignedIn = "not-signed-in";
    public const string WrongCredentials = "wrong-credentials";
    public const string AmbiguousAccount = "ambiguous-account";
    public const string PasswordChangeNeeded = "password-change-needed";
    public const string KioskSession = "kiosk-session";
    public const string WrongKioskCode = "wrong-kiosk-code";
    public const string CodeNeeded = "code-needed";
    public const string WrongCode = "wrong-code";
    public const string WrongSignature = "wrong-signature";
    public const string ProviderOnly = "provider-only";
    public const string SecondFactorNeeded = "second-factor-needed";
    public const string Locked = "locked";
    public const string NoGridHere = "no-grid-here";
    public const string TooLarge = "too-large";
    public const string TooSlow = "too-slow";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string NotJson = "not-json";
    public const string NotAPhoto = "not-a-photo";
    public const string TooMuch = "too-much";
    public const string PhotoDiffers = "photo-differs";
    public const string TooManyCases = "too-many-cases";
    public const string TooManyExports = "too-many-exports";
    public const string TooManyImports = "too-many-imports";

    /// <summary>An import isn't so far that it could be applied or undone, or is too old.</summary>
    public const string WrongImportState = "wrong-import-state";
    public const string DraftChanged = "draft-changed";
    public const string PackInvalid = "pack-invalid";
    public const string PackConflict = "pack-conflict";

    /// <summary>A change of posts and people can't be made; the reason says why.</summary>
    public const string StaffConflict = "staff-conflict";

    /// <summary>A change of posts and people was made or cancelled already.</summary>
    public const string StaffChangeOver = "staff-change-over";
    public const string ForeignOrigin = "foreign-origin";
    public const string RevealLimit = "reveal-limit";
    public const string TooManyRequests = "too-many-requests";
    public const string TooManyConnections = "too-many-connections";
    public const string InternalError = "internal-error";

    sealed record Entry(int Status, string Chinese, string English);

    static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        [InvalidRequest] = new(400, "请求内容有误，请检查标出的项目。", "Something in the request isn't right; see the fields named."),
        [AmbiguousAccount] = new(
            400,
            "多个地区有这个账号，请写成“地区/账号”。",
            "Several packs have this account: write it as pack/account."
        ),
        [NotSignedIn] = new(401, "请先登录。", "Please sign in."),
        [WrongCredentials] = new(401, "账号或密码不对。", "The account or the password is wrong."),
        [WrongKioskCode] = new(
            401,
            "代码不对，或者已经用过、过期。请让管理员新建一块大屏。",
            "The code is wrong, or used, or too old: ask an administrator for a new one."
        ),
        [CodeNeeded] = new(401, "请输入身份验证器上的验证码。", "Enter the code that your authenticator app shows."),
        [WrongCode] = new(
            401,
            "验证码不对，或已用过。请等下一个验证码出现再试。",
            "The code is wrong, or was used already: wait for the next one."
        ),
        [WrongSignature] = new(
            401,
            "签名不对，或时间戳相差超过五分钟。",
            "The signature is wrong, or its timestamp is more than five minutes away from now."
        ),
        [ProviderOnly] = new(403, "您的账号只能用统一身份认证登录。", "You sign in with your identity provider only, not with a password."),
        [SecondFactorNeeded] = new(403, "您的岗位要求先设置身份验证器。", "Your post asks you to set up an authenticator app first."),
        [PasswordChangeNeeded] = new(403, "请先修改初始密码。", "Change the password you were given first."),
        [KioskSession] = new(403, "这块大屏只能查看本区域的看板。", "This wall screen may only watch the boards of its area."),
        [CaseRejections.NotPermitted] = new(403, "您的岗位不能做这一步。", "None of your posts may take this step."),
        [CaseRejections.NotYourArea] = new(403, "这里不在您的岗位范围内。", "Your posts don't cover this area."),
        [CaseRejections.NotRecipient] = new(403, "这件事没有派给您，不能认领。", "This case wasn't offered to you."),
        [CaseRejections.NotClaimant] = new(403, "只有认领人能做这一步。", "Only its claimant may take this step."),
        [CaseRejections.RecipientNotEntitled] = new(
            403,
            "这件事保密，只能交给该类别指定岗位的人员。",
            "The case is confidential: it may only go to holders of the posts that its category names."
        ),
        [ForeignOrigin] = new(403, "这个请求来自别的网站，已被拒绝。", "Another site made your browser send this; it was refused."),
        [CaseRejections.NotFound] = new(404, "没有找到，或您无权查看。", "There is no such thing, or not for your eyes."),
        [NoGridHere] = new(404, "这个位置不在任何网格内。", "No grid contains this point."),
        [MethodNotAllowed] = new(405, "这个地址不支持这种请求。", "This address doesn't take that method."),
        [TooSlow] = new(408, "请求内容没有及时送达，请重试。", "The body didn't arrive in time; try again."),
        [CaseRejections.AlreadyClaimed] = new(409, "已由他人认领。", "Somebody has claimed it already."),
        [CaseRejections.WrongStatus] = new(
            409,
            "事项现在的状态不能做这一步，请刷新查看。",
            "The case's status doesn't allow this step now; look at it again."
        ),
        [CaseRejections.NotAllowedByCatalogue] = new(
            409,
            "类别清单不允许：不能挂起或延期、次数已用完、时间太长，或已经超期。",
            "The catalogue doesn't allow it: no pause or extension, no further one, no such long one, or the time is over already."
        ),
        [CaseRejections.RequestPending] = new(409, "已有一个申请在等待审批。", "A request waits for its decision already."),
        [CaseRejections.NoApprover] = new(409, "上级没有可以审批的岗位人员。", "Nobody above you may approve it."),
        [CaseRejections.NoHigherLevel] = new(409, "上面没有可以受理的层级了。", "No level above has anybody who could take the case."),
        [CaseRejections.NotEscalated] = new(409, "这件事没有升级过，不能退回下级。", "The case hasn't climbed, so it can't be sent back."),
        [CaseRejections.NeedsAnother] = new(
            409,
            "这类事项要由办理人以外的人核查结案。",
            "Somebody else than who solved it must check and close it."
        ),
        [CaseRejections.ReturnedTooOften] = new(
            409,
            "返工次数已用完，以最后一次办理结果为准。",
            "It was returned as often as the catalogue allows: what was decided last stands."
        ),
        [CaseRejections.ReopeningOver] = new(409, "已过重新办理的期限，请另行上报。", "The time for reopening it is over: report it anew."),
        [CaseRejections.NotMergeable] = new(
            409,
            "不能合并：请选择您可以结案、先上报且未办结的同类事项。",
            "It can't be merged into that one: choose an earlier open case that you may close, and that is as confidential."
        ),
        [CaseRejections.NotLinkable] = new(
            409,
            "不能关联：请选择您在办或可以派遣的另一件非保密事项。",
            "It can't be linked with that one: choose another case that you work on or may assign, and that isn't confidential."
        ),
        [CaseRejections.MediationNeeded] = new(
            409,
            "这类事项以调解办结：请填写调解结果。",
            "Such a case is settled by mediation: say how it was settled."
        ),
        [CaseRejections.MediationInvalid] = new(
            409,
            "调解结果不适用：这类事项不以调解办结，或层级不是事发地及以上的层级。",
            "The mediation doesn't fit: such a case isn't settled by mediation, or the level isn't one at or above its place."
        ),
        [CaseRejections.ExplanationIsFinal] = new(
            409,
            "这类事项的解释说明不能退回返工。",
            "An explanation of such a case can't be returned."
        ),
        [CaseRejections.AlreadySupervised] = new(409, "已有督办等待答复。", "A supervision notice waits for its answer already."),
        [CaseRejections.NotSupervised] = new(409, "没有等待答复的督办。", "No supervision notice waits for an answer."),
        [CaseRejections.SystemNotAllowed] = new(
            409,
            "这类事项不能转给这个系统。",
            "The catalogue doesn't let cases of this category go out to that system."
        ),
        [CaseRejections.AlreadyForwarded] = new(409, "已转给外部系统，正在等待答复。", "Another system's answer is waited for already."),
        [CaseRejections.NotForwarded] = new(409, "没有等待答复的外部系统。", "No other system's answer is waited for."),
        [CaseRejections.AlreadyConsulted] = new(409, "已有会诊正在进行。", "A consultation about the case is under way already."),
        [CaseRejections.NoParty] = new(
            409,
            "没有可以参加会诊的岗位人员。",
            "Nobody can be invited to a consultation about this case: the posts of all parties are vacant, or the pack names none."
        ),
        [CaseRejections.NotAParty] = new(403, "没有等您发表的会诊意见。", "No party that you speak for owes an opinion."),
        [CaseRejections.OpinionsMissing] = new(
            409,
            "意见还没有收齐，时限也还没有到。",
            "Opinions are missing, and the time for them isn't over."
        ),
        [CaseRejections.AlreadyDecided] = new(409, "会诊已经形成决定。", "The consultation is decided."),
        [CaseRejections.NoMeeting] = new(
            409,
            "这里没有例会，或已列入各级台账。",
            "No area there meets, or the case is on all ledgers already."
        ),
        [CaseRejections.AlreadyTabled] = new(409, "已列入台账。", "The case is on that ledger already."),
        [CaseRejections.MeetingClosed] = new(409, "会议已经结束。", "The meeting is closed."),
        [CaseRejections.AlreadyFinished] = new(409, "任务已经办结。", "The task is finished."),
        [CaseRejections.TooManySteps] = new(
            409,
            "这件事的记录已满，只能继续办结。",
            "The case's history is full: it can only be brought to its end."
        ),
        [HouseholdRejections.NoHouseholds] = new(404, "这里没有启用户情管理。", "No record of households is kept here."),
        [HouseholdRejections.TwoHeads] = new(409, "一户只能有一位户主。", "A household has one head."),
        [HouseholdRejections.HeadLeaves] = new(
            409,
            "户主不能先于其他成员离开，请先变更户主。",
            "The head can't leave while others stay: make somebody else the head first."
        ),
        [HouseholdRejections.NotAResident] = new(
            409,
            "这个人不在这一户，或已迁出、已故。",
            "They aren't in this household, or have moved out or died."
        ),
        [HouseholdRejections.StillLiving] = new(
            409,
            "在册人员的信息不能删除，请先登记迁出或死亡。",
            "What is known of somebody who lives here isn't erased: record first that they moved out or died."
        ),
        [HouseholdRejections.Merged] = new(409, "这一户已并入另一户。", "The household was merged into another one."),
        [HouseholdRejections.WrongTarget] = new(
            409,
            "不能迁入那里：没有这一户或这个区域，或不在您的岗位范围内。",
            "They can't go there: there is no such household or area, or your posts don't cover it."
        ),
        [HouseholdRejections.WrongPlace] = new(
            409,
            "这一户不能住在那里：请选择同一网格内在用的住房，或没有划分住房的楼栋。",
            "The household can't live there: choose a dwelling of the same area that is in use, or a building that isn't divided into any."
        ),
        [PlaceRejections.WrongParent] = new(
            409,
            "不能归属到那里：请选择同一网格内在用的楼栋或单元。",
            "It can't belong there: choose a building or unit of the same area that is in use."
        ),
        [PlaceRejections.Occupied] = new(409, "还有住户登记在那里，请先办理迁移。", "Households are registered there: move them first."),
        [PlaceRejections.Gone] = new(409, "这处房屋或场所已注销，请先恢复。", "The place is gone: re-open it first."),
        [HouseholdRejections.AreaChanged] = new(
            409,
            "这一户已经调整到别的区域。",
            "Somebody has moved the household to another area meanwhile."
        ),
        [ReassignmentRejections.NotUndoable] = new(
            409,
            "划转完成后一天之内才能撤销，而且只能撤销一次。",
            "A reassignment is undone within a day after it was applied, and once."
        ),
        [ReassignmentRejections.TooManyHouseholds] = new(
            409,
            "一次最多划转两万户，请分几次办理。",
            "At most 20,000 households go in one step: take several."
        ),
        [HouseholdRejections.TooManyResidents] = new(409, "一户的成员太多。", "A household can't have so many residents."),
        [LeaveRejections.Overlaps] = new(409, "这段时间已经登记过请假。", "A leave is entered for a part of that time already."),
        [LeaveRejections.Loop] = new(
            409,
            "代理人那时也请假，又由请假人代理，请换一位代理人。",
            "The deputies would stand in for each other at the same time: choose another deputy."
        ),
        [LeaveRejections.NoDeputy] = new(409, "请指定代理人：本岗位没有规定代理岗位。", "Name a deputy: no post stands in for this one."),
        [LeaveRejections.Over] = new(409, "这次请假已经结束或取消。", "The leave is over already, or was cancelled."),
        [DraftChanged] = new(
            409,
            "清单的草稿或现行版本已被他人改动，请刷新后再试。",
            "Somebody changed the draft or published another version: look at it again."
        ),
        [PackInvalid] = new(409, "草稿有错误，不能发布，请先检查。", "The draft has errors, so it can't be published: check it first."),
        [PackConflict] = new(
            409,
            "草稿与现有事项冲突，不能发布。",
            "Open cases need what the draft no longer has, so it can't be published; the reason says what."
        ),
        [StaffConflict] = new(
            409,
            "这次岗位变动会使数据包不再有效，不能登记。",
            "The pack wouldn't be valid after this change, so it can't be made; the reason says why."
        ),
        [StaffChangeOver] = new(409, "这次岗位变动已经生效或取消。", "The change was made or cancelled already."),
        [TooManyCases] = new(
            409,
            "超过 5 万件，请改用后台导出。",
            "More than 50,000 cases: ask for a file, which is written in the background."
        ),
        [TooManyImports] = new(409, "您保存的导入已有五个，请先删除一个。", "You have five imports already: delete one first."),
        [WrongImportState] = new(
            409,
            "预检完成的导入才能执行，执行后一天之内的才能撤销。",
            "An import is applied when it has been checked, and undone within a day after that."
        ),
        [TooManyExports] = new(409, "您保存的导出文件已有五个，请先删除一个。", "You have five files already: delete one first."),
        [CaseRejections.StaleVersion] = new(412, "内容已有新的变化，请刷新后再试。", "It has changed since you saw it; look at it again."),
        [TooLarge] = new(413, "内容太大：照片不超过 10 MB、5000 万像素。", "Too large: a photo has at most 10 MB and 50 megapixels."),
        [NotJson] = new(415, "请求内容应为 JSON（照片为 multipart 表单）。", "The body must be JSON (a photo: a multipart form)."),
        [NotAPhoto] = new(
            415,
            "无法打开：请上传完整的 JPEG、PNG 或 WebP 照片。",
            "It can't be opened: only whole JPEG, PNG and WebP pictures can be uploaded."
        ),
        [CaseRejections.KeyReused] = new(422, "这个幂等键已用于另一个请求。", "This idempotency key was used for another call."),
        [PhotoDiffers] = new(422, "收到的照片与登记的不一致，请重新上传。", "The bytes aren't those that were announced; upload it anew."),
        [Locked] = new(
            429,
            "失败次数过多，暂时不能从这里登录，请稍后再试。",
            "Too many failures: wait a while before signing in from here."
        ),
        [TooMuch] = new(429, "您今天上传的照片已达上限，请明天再传。", "You have uploaded as much as one person may in a day."),
        [RevealLimit] = new(
            429,
            "一小时内查看明文的次数已用完，请稍后再试。",
            "You have had as much revealed within an hour as the pack allows; try again later."
        ),
        [TooManyRequests] = new(429, "操作太快，请稍等片刻再试。", "Too many changes in a short time; try again in a moment."),
        [TooManyConnections] = new(429, "您打开的窗口太多，请先关闭一些。", "You have too many windows open; close some of them."),
        [InternalError] = new(500, "服务出错，已记录，请稍后再试。", "The service failed; it is logged. Try again later."),
        [CaseRejections.Busy] = new(
            503,
            "现在太忙，请稍后再试；没有丢失任何已受理的内容。",
            "Too busy just now; try again in a moment. Nothing accepted is lost."
        ),
        [CaseRejections.Unavailable] = new(
            503,
            "服务有一部分暂时不可用，或正在升级，请稍后再试。",
            "A part of the service is unavailable or being upgraded; try again in a moment."
        ),
        [CaseRejections.OutcomeUnknown] = new(
            503,
            "结果暂不确定，请用同一个幂等键重试。",
            "The outcome isn't known yet: repeat the call with the same idempotency key."
        ),
        [CaseRejections.NewerVersion] = new(
            503,
            "服务正在升级，这件事要等升级完成后才能继续办理，请稍后再试。",
            "The service is being upgraded: this case can be worked on again when that is done; try again in a moment."
        ),
    }
        .Concat(OfSurveys)
        .Concat(OfScores)
        .Concat(OfAppointments)
        .Concat(OfWorkerDays)
        .Concat(OfFieldTasks)
        .ToFrozenDictionary();

    /// <summary>Stands for a refusal whose code only a later version knows: in the middle of an upgrade a silo can be ahead.</summary>
    static readonly Entry Unknown = new(409, "现在不能做这一步，请刷新页面后再试。", "This can't be done now; load the page anew.");

    public static IReadOnlyCollection<string> Codes => Table.Keys;

    /// <param name="code">A code of this version.</param>
    public static int StatusOf(string code) => Table[code].Status;

    public static string TypeOf(string code) => $"urn:gridactors:problem:{code}";

    /// <param name="facts">Further members of the problem, e.g. the claimant.</param>
    public static ProblemHttpResult Of(string code, HttpContext context, params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        var entry = EntryOf(code);
        var problem = new ProblemDetails
        {
            Type = TypeOf(code),
            Title = entry.English,
            Status = entry.Status,
            Detail = Sentence(code, IsEnglish(context)),
            Extensions = { ["code"] = code },
        };
        foreach (var (name, value) in facts)
            problem.Extensions[name] = value;
        if (entry.Status == 503)
            context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(problem);
    }

    public static string Sentence(string code, bool english) => english ? EntryOf(code).English : EntryOf(code).Chinese;

    /// <summary>Chinese unless the caller asks for English first.</summary>
    public static bool IsEnglish(HttpContext context) =>
        context.Request.Headers.AcceptLanguage is [{ } languages, ..]
        && languages.AsSpan().TrimStart().StartsWith("en", StringComparison.OrdinalIgnoreCase);

    static Entry EntryOf(string code) => Table.GetValueOrDefault(code, Unknown);
}
