using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Given earlier events, when a command comes, then there are new events, nothing, or a rejection.</summary>
sealed class GivenCase
{
    public static readonly PersonId Reporter = new("p/reporter");
    public static readonly PersonId One = new("p/one");
    public static readonly PersonId Two = new("p/two");
    public static readonly PersonId Stranger = new("p/stranger");
    public static readonly PersonId Service = PersonId.Service("p");
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid Id = Guid.Parse("11111111-1111-1111-1111-111111111111");

    public static CaseReported Reported { get; } = new("P2026-000001", "rubbish", new("p/A"), null, "标题", "详情", [], false, [One, Two]);
    public static LadderMove ToVillage { get; } = new("village", [Two], StepClocks.None);
    public static MainCase Main { get; } = new(Guid.Parse("22222222-2222-2222-2222-222222222222"), "P2026-000000", CaseStatus.Claimed, 2);
    public static LinkedCase Other { get; } = new(Guid.Parse("33333333-3333-3333-3333-333333333333"), "P2026-000003");
    public static CaseReported Confidential { get; } = Reported with { Confidential = true };

    public CaseState State { get; private set; } = CaseState.Initial;
    int _events;

    public static GivenCase Nothing() => new();

    public static GivenCase Of(params (PersonId By, CaseEvent Event)[] events)
    {
        var given = new GivenCase();
        foreach (var (by, e) in events)
            given.Happened(by, e);
        return given;
    }

    public static GivenCase Offered() => Of((Reporter, Reported));

    public static GivenCase Claimed() => Offered().Happened(One, new CaseClaimed());

    public static GivenCase OnSite() => Claimed().Happened(One, new CaseReachedOnSite());

    public static GivenCase Resolved() => Claimed().Happened(One, new CaseResolved("好了", []));

    public static GivenCase Explained() => Claimed().Happened(One, new CaseExplained("不属实"));

    public static GivenCase Closed() => Resolved().Happened(Reporter, new CaseClosed(5, ""));

    public static GivenCase In(CaseStatus status) =>
        status switch
        {
            CaseStatus.Offered => Offered(),
            CaseStatus.Claimed => Claimed(),
            CaseStatus.OnSite => OnSite(),
            CaseStatus.Resolved => Resolved(),
            CaseStatus.Explained => Explained(),
            CaseStatus.Merged => Claimed().Happened(Stranger, new CaseMerged(Main, "同一件事")),
            _ => Closed(),
        };

    public GivenCase Happened(PersonId by, CaseEvent e, Guid? operation = null)
    {
        _events++;
        State = CaseState.Evolve(State, e, new(Id, Noon.AddMinutes(_events), by, operation ?? new Guid(_events, 0, 0, new byte[8])));
        return this;
    }

    /// <summary>A report, a transfer and an escalation go to Two; otherwise the pack names those to whom the case was offered.</summary>
    public Outcome When(CaseCommand command, params Permission[] permissions) =>
        When(
            command,
            new DecisionContext(
                PermissionSet.Of(permissions),
                command is ReportCase or TransferCase ? [Two] : [One, Two],
                "P2026-000002",
                Up: command is EscalateCase ? ToVillage : null,
                System: command is ForwardCase { System: var system } ? new(system, "热线", "Hotline", null) : null,
                Supervision: command is SuperviseCase ? new("P2026-D000001", null) : null,
                Main: command is MergeCase ? Main : null,
                Link: command is LinkCase ? Other : null
            )
        );

    public Outcome When(CaseCommand command, DecisionContext context) => new(this, command, CaseDecider.Decide(State, command, context));

    internal sealed record Outcome(GivenCase Given, CaseCommand Command, Decision Decision)
    {
        public void ThenRejected(string code) => Assert.Equal((code, 0), (Decision.Rejection, Decision.Events.Length));

        /// <summary>The command is accepted without an event.</summary>
        public void ThenNothing() => Assert.Equal((null, 0), (Decision.Rejection, Decision.Events.Length));

        /// <returns>The case after the events.</returns>
        public CaseView Then(params CaseEvent[] events)
        {
            Assert.Null(Decision.Rejection);
            Assert.Equal(events.Select(CaseEventJson.Write), Decision.Events.Select(CaseEventJson.Write));
            foreach (var e in Decision.Events)
                Given.Happened(Command.By, e, Command.Operation);
            return Given.State.Case!;
        }
    }

    public static CaseCommand Command(CaseStep step, PersonId by, Guid? operation = null)
    {
        var op = operation ?? Guid.NewGuid();
        return step switch
        {
            CaseStep.Reported => new ReportCase
            {
                Operation = op,
                By = by,
                Category = "rubbish",
                Area = new("p/A"),
                Title = "标题",
                Detail = "详情",
            },
            CaseStep.Claimed => new ClaimCase { Operation = op, By = by },
            CaseStep.Released => new ReleaseCase
            {
                Operation = op,
                By = by,
                Reason = "理由",
            },
            CaseStep.HandedOver => new HandOverCase
            {
                Operation = op,
                By = by,
                To = Two,
                Reason = "理由",
            },
            CaseStep.OnSite => new ArriveOnSite { Operation = op, By = by },
            CaseStep.Progressed => new RecordProgress
            {
                Operation = op,
                By = by,
                Text = "进展",
            },
            CaseStep.Resolved => new ResolveCase
            {
                Operation = op,
                By = by,
                Text = "好了",
            },
            CaseStep.Explained => new ExplainCase
            {
                Operation = op,
                By = by,
                Text = "不属实",
            },
            CaseStep.Transferred => new TransferCase
            {
                Operation = op,
                By = by,
                Department = "d",
                Reason = "理由",
            },
            CaseStep.Commented => new CommentOnCase
            {
                Operation = op,
                By = by,
                Text = "说明",
            },
            CaseStep.Closed => new CloseCase
            {
                Operation = op,
                By = by,
                Rating = 4,
                Text = "",
            },
            CaseStep.Escalated => new EscalateCase
            {
                Operation = op,
                By = by,
                Reason = "理由",
            },
            CaseStep.SentBack => new SendCaseBack
            {
                Operation = op,
                By = by,
                Reason = "理由",
            },
            CaseStep.Merged => new MergeCase
            {
                Operation = op,
                By = by,
                Into = Main.Id,
                Reason = "理由",
            },
            CaseStep.Linked => new LinkCase
            {
                Operation = op,
                By = by,
                To = Other.Id,
                Reason = "理由",
            },
            CaseStep.Returned => new ReturnCase
            {
                Operation = op,
                By = by,
                Reason = "理由",
            },
            CaseStep.Supervised => new SuperviseCase
            {
                Operation = op,
                By = by,
                Reason = "理由",
            },
            CaseStep.SupervisionAnswered => new AnswerSupervision
            {
                Operation = op,
                By = by,
                Text = "答复",
            },
            CaseStep.Forwarded => new ForwardCase
            {
                Operation = op,
                By = by,
                System = "hotline",
                Reason = "理由",
            },
            CaseStep.Recalled => new RecallCase
            {
                Operation = op,
                By = by,
                Reason = "理由",
            },
            CaseStep.Reoffered => new ReofferCase
            {
                Operation = op,
                By = by,
                Pack = "digest",
            },
            _ => new ReopenCase
            {
                Operation = op,
                By = by,
                Reason = "理由",
            },
        };
    }

    /// <summary>
    /// The steps that people and the service take in a case without clocks. Requests for time have tests of their own, and those of the
    /// clocks follow the clocks alone.
    /// </summary>
    public static ImmutableArray<CaseStep> AllSteps { get; } = [.. Enum.GetValues<CaseStep>().Where(s => s < CaseStep.PauseAsked)];
    public static AreaId Place => new("p/A");
}
