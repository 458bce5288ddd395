using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Surveys;

namespace GridActors.Decisions.Tests.Surveys;

/// <summary>Given what happened to a survey or a sheet, when somebody asks for something, then an event or a refusal.</summary>
public sealed class SurveyDeciderTests
{
    static readonly PersonId Worker = new("qinghe/worker-1");
    static readonly PersonId Service = PersonId.Service("qinghe");
    static readonly DateOnly Today = new(2026, 11, 26);
    static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));
    static readonly SurveyContext Manager = new(MaySee: true, MayManage: true);

    static readonly SurveyQuestion Source = new(
        "source",
        "饮水来源",
        "",
        QuestionType.SingleChoice,
        [new("1", "自来水"), new("2", "井水")],
        IsRequired: true,
        When: null,
        Field: "waterSource",
        IsPersonal: false
    );

    static readonly SurveyQuestion Dry = new("dry", "断水吗", "", QuestionType.YesNo, [], true, new("source", ["2"]), null, true);

    static readonly SurveyDefinition Water = new(
        "饮水安全调查",
        "",
        "安排管网延伸",
        SurveySubject.Household,
        SurveyFilter.Everybody,
        new(2026, 11, 1),
        new(2026, 12, 31),
        [Source, Dry]
    );

    readonly Guid _id = Guid.NewGuid();
    SurveyState? _survey;
    SheetState? _sheet;

    [Fact]
    public void What_is_published_stays_as_it_is_and_a_change_is_a_new_edition()
    {
        var changed = Water with { Title = "饮水安全复查" };
        Assert.Null(
            When(
                new DraftSurvey
                {
                    By = Worker,
                    Area = new("qinghe/C"),
                    Definition = Water,
                }
            )
        );
        Assert.Equal(SurveyStatus.Draft, _survey!.View.Status);
        Assert.Null(When(new PublishSurvey { By = Worker }));
        Assert.Equal("no-draft", When(new PublishSurvey { By = Worker }));

        Assert.Null(
            When(
                new DraftSurvey
                {
                    By = Worker,
                    Area = default,
                    Definition = changed,
                }
            )
        );
        Assert.Equal(Water.Title, _survey.View.Definition.Title);
        Assert.Null(When(new PublishSurvey { By = Worker }));

        Assert.Equal([Water.Title, changed.Title], _survey.View.Editions.Select(e => e.Title));
        Assert.Null(When(new CloseSurvey { By = Worker, Reason = "结束" }));
        Assert.Equal(
            "survey-closed",
            When(
                new DraftSurvey
                {
                    By = Worker,
                    Area = default,
                    Definition = Water,
                }
            )
        );
    }

    [Fact]
    public void Draft_that_changes_nothing_and_a_repeat_leave_no_trace()
    {
        Publish();
        var version = _survey!.View.Version;
        Assert.Null(
            When(
                new DraftSurvey
                {
                    By = Worker,
                    Area = default,
                    Definition = Water,
                }
            )
        );
        var close = new CloseSurvey
        {
            By = Worker,
            Reason = "结束",
            Operation = Guid.NewGuid(),
        };
        Assert.Null(When(close));
        Assert.Null(When(close));

        Assert.Equal(version + 1, _survey.View.Version);
    }

    [Fact]
    public void Only_who_manages_surveys_defines_them_and_only_who_sees_households_sees_them()
    {
        Publish();

        Assert.Equal("not-permitted", When(new CloseSurvey { By = Worker, Reason = "x" }, new(MaySee: true, MayManage: false)));
        Assert.Equal("not-found", When(new CloseSurvey { By = Worker, Reason = "x" }, new(MaySee: false, MayManage: false)));
    }

    [Fact]
    public void Survey_of_the_pack_is_published_once_and_stays_closed_when_the_console_closed_it()
    {
        var proclaim = new ProclaimSurvey
        {
            By = PersonId.Service("qinghe"),
            Area = new("qinghe/C"),
            Definition = Water,
        };
        var none = new SurveyContext(false, false);
        Assert.Null(When(proclaim, none));
        Assert.Null(When(proclaim, none));
        Assert.Single(_survey!.View.Editions);
        Assert.Null(When(proclaim with { Definition = Water with { Purpose = "另一个目的" } }, none));
        Assert.Equal(2, _survey.View.Editions.Length);

        Assert.Null(When(new CloseSurvey { By = Worker, Reason = "结束" }));
        Assert.Null(When(proclaim with { Definition = Water with { Purpose = "第三个目的" } }, none));
        Assert.Equal((SurveyStatus.Closed, 2), (_survey.View.Status, _survey.View.Editions.Length));
    }

    [Fact]
    public void Second_answer_is_told_so_unless_it_is_a_correction()
    {
        Publish();
        Assert.Null(Fill(("source", "1")));
        Assert.Null(Fill(("source", "1")));
        Assert.Equal(1, _sheet!.View.Version);

        Assert.Equal("already-answered", Fill(("source", "2"), ("dry", "true")));
        Assert.Null(Fill(true, ("source", "2"), ("dry", "true")));

        Assert.Equal((2, "2"), (_sheet.View.Version, _sheet.View.Answers["source"]));
        Assert.Equal("already-answered", When(Refusal()));
    }

    [Fact]
    public void Code_answers_once_and_corrects_nothing()
    {
        Publish();
        Assert.Null(When(ByCode(("source", "1"))));
        Assert.Equal((1, Service), (_sheet!.View.Version, _sheet.View.By));

        Assert.Equal("already-answered", When(ByCode(("source", "2"), ("dry", "true"))));
        Assert.Null(Fill(true, ("source", "2"), ("dry", "true")));
        Assert.Equal("already-answered", When(ByCode(("source", "1"))));
        Assert.Equal("not-permitted", When(ByCode(("source", "1")), Anybody() with { MayFill = false }));
    }

    [Fact]
    public void Who_refused_can_answer_later()
    {
        Publish();
        Assert.Null(When(Refusal()));
        Assert.Equal((SheetStatus.Refused, "没空"), (_sheet!.View.Status, _sheet.View.Reason));

        Assert.Null(Fill(("source", "1")));

        Assert.Equal((SheetStatus.Answered, ""), (_sheet.View.Status, _sheet.View.Reason));
    }

    [Fact]
    public void Question_that_is_not_asked_has_no_answer_and_one_that_is_asked_needs_it()
    {
        var asked = AnswerRules.Read(Water, new Dictionary<string, string> { ["source"] = "1", ["dry"] = "true" }, Today);
        Assert.Equal("source", Assert.Single(asked.Answers).Key);
        Assert.Empty(asked.Errors);

        var missing = AnswerRules.Read(Water, new Dictionary<string, string> { ["source"] = "2", ["other"] = "x" }, Today);
        Assert.Equal([("dry", "required"), ("other", "unknown-code")], missing.Errors.Select(e => (e.Key, e.Value)));

        Publish();
        Assert.Equal("wrong-answers", Fill(("source", "7")));
    }

    [Fact]
    public void Sheet_is_refused_outside_of_its_time_place_and_rights()
    {
        Publish();
        var context = Anybody();
        Assert.Equal("survey-not-open", Fill(context with { Today = new(2027, 1, 1) }, ("source", "1")));
        Assert.Equal("not-asked", Fill(context with { IsInArea = false }, ("source", "1")));
        Assert.Equal("not-permitted", Fill(context with { MayFill = false }, ("source", "1")));
        Assert.Equal("not-found", Fill(context with { Household = null }, ("source", "1")));
        Assert.Null(When(new CloseSurvey { By = Worker, Reason = "结束" }));
        Assert.Equal("survey-closed", Fill(("source", "1")));
    }

    [Theory]
    [InlineData("2015-11-26", true)]
    [InlineData("2015-11-27", true)]
    [InlineData("2020-11-26", true)]
    [InlineData("2020-11-27", false)]
    [InlineData("2009-11-26", false)]
    [InlineData("2009-11-27", true)]
    [InlineData("", false)]
    public void Resident_is_asked_in_whole_years_of_age(string born, bool expected) =>
        Assert.Equal(expected, SurveyTargets.IsOfAge(new([], [], 6, 16), born, Today));

    [Fact]
    public void Small_counts_of_personal_questions_are_hidden_with_those_of_the_neighbours()
    {
        Assert.True(
            SmallCounts.AreHidden(
                Dry,
                isBelowLevel: true,
                [
                    [12, 8],
                    [30, 4],
                ]
            )
        );
        Assert.False(
            SmallCounts.AreHidden(
                Dry,
                isBelowLevel: true,
                [
                    [12, 8],
                    [30, 5],
                    [0],
                ]
            )
        );
        Assert.False(
            SmallCounts.AreHidden(
                Dry,
                isBelowLevel: false,
                [
                    [1],
                ]
            )
        );
        Assert.False(
            SmallCounts.AreHidden(
                Source,
                isBelowLevel: true,
                [
                    [1],
                ]
            )
        );
    }

    [Fact]
    public void Definition_names_each_part_that_is_wrong()
    {
        var wrong = Water with
        {
            Until = new(2026, 10, 1),
            Filter = new(["giants"], [], 6),
            Questions =
            [
                Source with
                {
                    Options = [new("1", "自来水")],
                    Field = "shoeSize",
                },
                Dry with
                {
                    When = new("source", ["7"]),
                },
                Dry with
                {
                    When = new("later", ["1"]),
                },
            ],
        };

        string[] parts =
        [
            "until",
            "filter.groups",
            "filter.minAge",
            "questions[0].options",
            "questions[0].field",
            "questions[1].when",
            "questions[2].id",
            "questions[2].when",
        ];
        Assert.Equal(parts, DefinitionRules.Check(wrong, new HouseholdRules()).Select(e => e.Part));
    }

    HouseholdView Household() =>
        new(_id, new("qinghe/C-A1-1"), null, null, HouseholdStatus.Living, Facts.None, [], 1, Noon, Noon, Worker, Noon);

    SheetContext Anybody() => new(_survey!.View, Household(), IsInArea: true, MayFill: true, Today);

    void Publish()
    {
        Assert.Null(
            When(
                new DraftSurvey
                {
                    By = Worker,
                    Area = new("qinghe/C"),
                    Definition = Water,
                }
            )
        );
        Assert.Null(When(new PublishSurvey { By = Worker }));
    }

    RefuseSheet Refusal() =>
        new()
        {
            By = Worker,
            Survey = Guid.NewGuid(),
            Household = _id,
            Subject = _id,
            Reason = "没空",
        };

    string? Fill(params (string Question, string Answer)[] answers) => Fill(false, answers);

    string? Fill(bool isCorrection, params (string Question, string Answer)[] answers) => Fill(Anybody(), isCorrection, answers);

    string? Fill(SheetContext context, params (string Question, string Answer)[] answers) => Fill(context, false, answers);

    string? Fill(SheetContext context, bool isCorrection, (string Question, string Answer)[] answers) =>
        When(
            new FillSheet
            {
                By = Worker,
                Survey = Guid.NewGuid(),
                Household = _id,
                Subject = _id,
                Answers = answers.ToImmutableSortedDictionary(a => a.Question, a => a.Answer),
                IsCorrection = isCorrection,
            },
            context
        );

    AnswerInvitation ByCode(params (string Question, string Answer)[] answers) =>
        new()
        {
            By = Service,
            Survey = _id,
            Household = _id,
            Subject = _id,
            Answers = answers.ToImmutableSortedDictionary(a => a.Question, a => a.Answer),
            InvitedBy = Worker,
        };

    /// <returns>Why the command was refused; null when it was accepted.</returns>
    string? When(SurveyCommand command, SurveyContext? context = null)
    {
        if (command.Operation == default)
            command = command with { Operation = Guid.NewGuid() };
        var outcome = SurveyDecider.Decide(_survey, command, context ?? Manager);
        if (outcome.Event is { } e)
            _survey = SurveyState.Evolve(_survey, _id, e, Noon, command.By, command.Operation);
        return outcome.Rejection;
    }

    string? When(SheetCommand command, SheetContext? context = null)
    {
        command = command with { Operation = Guid.NewGuid() };
        var outcome = SheetDecider.Decide(_sheet, command, context ?? Anybody());
        if (outcome.Event is { } e)
            _sheet = SheetState.Evolve(_sheet, SheetIds.Of(command.Survey, _id), e, Noon, command.By, command.Operation);
        return outcome.Rejection;
    }
}
