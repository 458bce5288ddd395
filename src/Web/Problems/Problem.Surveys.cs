using GridActors.Contracts.Registrations;
using GridActors.Contracts.Surveys;

namespace GridActors.Web.Problems;

/// <summary>The problems of surveys, and of residents who register themselves.</summary>
partial class Problem
{
    static Dictionary<string, Entry> OfSurveys =>
        new()
        {
            [SurveyRejections.NoDraft] = new(409, "没有可以发布的草稿。", "There is no draft to publish."),
            [SurveyRejections.Closed] = new(409, "调查已经结束。", "The survey is closed."),
            [SurveyRejections.NotOpen] = new(
                409,
                "还没有到填报时间，或填报时间已过。",
                "The survey isn't answered now: its first day is to come, or its last day is over."
            ),
            [SurveyRejections.NotAsked] = new(409, "这一户（人）不在调查范围内。", "The survey doesn't ask this household or resident."),
            [SurveyRejections.AlreadyAnswered] = new(
                409,
                "这份答卷已由他人填报；如需更改，请作为更正提交。",
                "Somebody has answered for them already: send a correction if it is wrong."
            ),
            [SurveyRejections.WrongAnswers] = new(
                409,
                "问卷已有新版本，请刷新后按新的问题填报。",
                "The survey asks other questions now: look at it again."
            ),
            [RegistrationRejections.Off] = new(404, "这里没有开通自主登记。", "Residents can't register themselves here."),
            [RegistrationRejections.WrongPhoneCode] = new(
                409,
                "验证码不对或已过期，请重新获取。",
                "The phone's code is wrong or too old, or was tried too often: get another one."
            ),
            [RegistrationRejections.TooManyCodes] = new(
                429,
                "获取验证码太频繁，请一小时后再试。",
                "Too many codes were asked for: try again in an hour."
            ),
            [RegistrationRejections.NotSent] = new(
                503,
                "验证码没有发出去，请稍后再试。",
                "The code couldn't be sent; try again in a moment."
            ),
            [RegistrationRejections.Waiting] = new(
                409,
                "这个手机号已有一份申请在等待核实。",
                "An application of this phone waits already: one representative a household."
            ),
            [RegistrationRejections.Decided] = new(409, "这份申请已经处理过。", "The application was decided already."),
            [RegistrationRejections.Doubtful] = new(
                409,
                "这份申请与台账对不上，请先核对存疑的成员。",
                "It can't be taken as it is: look at who is doubtful."
            ),
        };
}
