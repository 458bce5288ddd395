using System.Globalization;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Surveys;
using GridActors.Web.Households;
using GridActors.Web.Sessions;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace GridActors.Web.Surveys;

/// <summary>
/// The answers of an area as a workbook, a line for each who is asked, written area by area so that its size needs no memory. Names and
/// addresses are masked, and so are the answers to personal questions.
/// </summary>
sealed class SurveyExport(LoadedPack pack, SurveyView survey, Caller caller, SurveyQueries queries, bool english)
{
    const double Width = 18;
    const int MaxOfArea = 100_000;

    readonly HouseholdMask _mask = new(pack.Pack.Households!, HouseholdAccess.None);

    public async Task Write(Stream stream, AreaNode under, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var questions = survey.Definition.Questions;
        await using var book = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellationToken);
        var heading = book.AddStyle(new Style { Font = { Bold = true } });
        var options = new WorksheetOptions { FrozenRows = 2 };
        for (var i = 1; i <= questions.Length + 6; i++)
            options.Column(i).Width = Width;
        await book.StartWorksheetAsync(english ? "Answers" : "答卷", options, cancellationToken);
        await book.AddRowAsync([new DataCell(Watermark(under, at))], cancellationToken);
        string[] fixedColumns = english
            ? ["Area code", "Area", "Name", "Address", "State", "Answered on"]
            : ["网格编码", "网格", "姓名", "住址", "状态", "填报日期"];
        await book.AddHeaderRowAsync([.. fixedColumns, .. questions.Select(q => Of(q.Name, q.NameEn))], heading, cancellationToken);
        foreach (var area in under.Downwards())
        foreach (var target in await queries.Targets(survey, [area.Id.Key], null, pack.Day(at), MaxOfArea, cancellationToken))
            await book.AddRowAsync([.. Cells(target, area).Select(c => new DataCell(c))], cancellationToken);
        await book.FinishAsync(cancellationToken);
    }

    IEnumerable<string?> Cells(SurveyTarget target, AreaNode area)
    {
        yield return area.Code;
        yield return area.Name;
        yield return _mask.Text(SubjectKind.Resident, StandardFields.Name, target.Resident);
        yield return _mask.Text(SubjectKind.Household, StandardFields.Address, target.HouseholdFields);
        yield return target.Sheet?.Status switch
        {
            SheetStatus.Answered => english ? "answered" : "已填",
            SheetStatus.Refused => english ? "refused" : "拒答",
            _ => english ? "open" : "未填",
        };
        yield return target.Sheet is { } sheet ? pack.Day(sheet.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        var answers = SheetJson.Shown(survey.Definition, target.Sheet?.Answers ?? Facts.None, isLinked: false);
        foreach (var question in survey.Definition.Questions)
            yield return answers.GetValueOrDefault(question.Id) is { } answer
                ? answer.Masked
                    ? answer.Value
                    : Words(question, answer.Value)
                : null;
    }

    string Words(SurveyQuestion question, string answer) =>
        question.Type switch
        {
            QuestionType.YesNo => answer == "true" ? Of("是", "yes") : Of("否", "no"),
            QuestionType.SingleChoice or QuestionType.MultipleChoice => string.Join(
                '、',
                answer.Split(',').Select(id => OptionName(question, id))
            ),
            _ => answer,
        };

    string OptionName(SurveyQuestion question, string id) =>
        question.Options.FirstOrDefault(o => o.Id == id) is { } option ? Of(option.Name, option.NameEn) : id;

    /// <summary>Who took it along, and when: a file that turns up somewhere says where it came from.</summary>
    string Watermark(AreaNode under, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var (name, title) = (pack.NameOf(caller.Id), Of(survey.Definition.Title, survey.Definition.TitleEn));
        return english
            ? $"{title}, {under.Name}, exported by {name} ({caller.Id.Id}) at {local}. Personal values are masked."
            : $"{title} · {under.Name} · {name}（{caller.Id.Id}）{local} 导出 · 个人信息已脱敏";
    }

    string Of(string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;
}
