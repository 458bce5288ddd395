using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Identifiers;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Sheets;

namespace GridActors.Decisions.Tests.Households;

/// <summary>A sheet, what is registered, and what their comparison says.</summary>
sealed class GivenImport
{
    public static readonly PersonId By = new("test", "operator");
    static readonly DateOnly Today = new(2026, 11, 26);

    readonly List<HouseholdView> _known = [];
    int _ids;

    public static HouseholdRules Rules { get; } =
        new()
        {
            Household =
            [
                Field("number", "户号", FieldType.Text),
                Field("address", "住址", FieldType.Address, "家庭住址"),
                Field("door", "门牌", FieldType.Address),
                Field("phone", "户电话", FieldType.Phone),
            ],
            Resident =
            [
                Field("name", "姓名", FieldType.Name) with
                {
                    Required = true,
                },
                Field("sex", "性别", FieldType.Code) with
                {
                    Codes = "sex",
                },
                Field("birthDate", "出生日期", FieldType.Date),
                Field("idType", "证件类型", FieldType.Code) with
                {
                    Codes = "certificate-types",
                },
                Field("idNumber", "证件号码", FieldType.Identifier, "身份证号"),
                Field("phone", "联系电话", FieldType.Phone),
                Field("note", "备注", FieldType.Text),
            ],
            Codes = ImmutableSortedDictionary<string, CodeList>
                .Empty.Add("sex", Codes("sex", ("1", "男"), ("2", "女")))
                .Add("certificate-types", Codes("certificate-types", ("111", "居民身份证"), ("414", "普通护照")))
                .Add("relation", Codes("relation", ("01", "本人"), ("02", "户主"), ("10", "配偶"), ("20", "子"), ("30", "女"))),
            Groups = [new("alone", "独居老人", "Elders who live alone", null, [], false)],
            Certificates = [new("disability", "残疾证", "Disability certificate", "help", new(30, CalendarUnit.Days))],
        };

    public static string IdOf(int year, int sequence) => GivenId.Of("430281", new(year, 3, 5), sequence);

    public GivenImport Registered(string area, string number, params (string Name, string IdNumber, string? Relation)[] residents)
    {
        var fields = Facts.None.Add("number", number).Add("address", $"车站路{number}号");
        _known.Add(
            new(
                Id(1000 + _known.Count),
                new("test", area),
                null,
                null,
                HouseholdStatus.Living,
                fields,
                [.. residents.Select((r, i) => Resident(_known.Count * 100 + i, r.Name, r.IdNumber, r.Relation))],
                3,
                default,
                default,
                By,
                default
            )
        );
        return this;
    }

    /// <param name="csv">The header and the lines, with commas between the cells.</param>
    public ImportAnswer When(params string[] csv) => When("g1", csv);

    public ImportAnswer When(string? area, string[] csv)
    {
        var columns = new ImportColumns(Rules);
        var sheet = Sheet(csv);
        var (layout, refusal) = ImportLayout.Of(sheet, columns);
        if (layout is null)
            return new(refusal, [], [], _known);
        var reader = new RowReader(columns, text => text is "g1" or "g2" ? (text, null) : (null, ImportErrors.UnknownArea), Today);
        var comparison = new ImportComparison(Rules, new(_known), () => Id(++_ids));
        var groups = ImportGroups.Of(reader.Read(0, sheet, layout), area).Select(comparison.Compare).ToList();
        return new(null, groups, [.. groups.SelectMany(g => g.Rows).OrderBy(r => r.Row.Line)], _known);
    }

    public static Sheet Sheet(params string[] csv) =>
        new("", [.. csv.Select((line, i) => new SheetLine(i + 1, [.. line.Split(',').Select(SheetCell.Of)]))]);

    public static HouseholdView Apply(GroupResult group, HouseholdView? known, Func<PlanCommands, IReadOnlyList<HouseholdCommand>> commands)
    {
        var state = known is null ? null : new HouseholdState(known, [], []);
        foreach (var command in commands(new(Id(9), By)))
        {
            var outcome = HouseholdDecider.Decide(state, group.Plan!.Household, command, new(true, true, true, true, Today));
            Assert.Null(outcome.Rejection);
            if (outcome.Event is { } e)
                state = HouseholdState.Evolve(state, group.Plan.Household, e, default, By, command.Operation);
        }
        return state!.View;
    }

    static ResidentView Resident(int id, string name, string idNumber, string? relation)
    {
        var fields = Facts.None.Add("name", name);
        if (idNumber.Length > 0)
        {
            var check = Domain.Identifiers.IdentifierRules.Check("111", idNumber);
            fields = fields
                .Add("idNumber", idNumber)
                .Add("idType", "111")
                .Add("birthDate", check.BirthDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                .Add("sex", check.Sex!);
        }
        return new(Id(2000 + id), ResidentKind.Registered, relation, fields, [], [], []);
    }

    static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    static FieldRule Field(string id, string name, FieldType type, params string[] also) =>
        new(id, name, "", type, FieldProtection.Personal, null, Required: false) { Also = [.. also] };

    static CodeList Codes(string id, params (string Code, string Name)[] codes) =>
        new(id, id, "", "", [.. codes.Select(c => new CodeName(c.Code, c.Name, ""))]);
}

sealed record ImportAnswer(
    string? Refusal,
    IReadOnlyList<GroupResult> Groups,
    IReadOnlyList<RowResult> Rows,
    IReadOnlyList<HouseholdView> Known
)
{
    public IEnumerable<RowState> States => Rows.Select(r => r.State);

    public IEnumerable<string> Codes => Rows.SelectMany(r => r.Reasons).Select(r => r.Code);
}
