using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using GridActors.Domain.Sheets;

namespace GridActors.Domain.Households.Import;

/// <summary>What a column of a sheet of households says.</summary>
public enum ColumnKind
{
    /// <summary>A field of the household.</summary>
    Household,

    /// <summary>A field of the resident.</summary>
    Resident,

    /// <summary>The area of the household, by code or name.</summary>
    Area,
    Relation,

    /// <summary>Whether the resident is the head, as yes or no.</summary>
    IsHead,

    /// <summary>The name of the household's head, on the lines of all its residents.</summary>
    HeadName,
    Population,
    Groups,
    Tags,

    /// <summary>When a certificate lapses.</summary>
    Certificate,
}

/// <param name="Field">The field whose value the column has; null for what is no field.</param>
/// <param name="Id">Of the field or the kind of certificate; empty for other columns.</param>
/// <param name="Also">Other names that sheets have for it.</param>
public sealed record ImportColumn(ColumnKind Kind, string Id, FieldRule? Field, string Name, string NameEn, ImmutableArray<string> Also);

/// <summary>The columns that a sheet of households can have, of which it is enough to have some, in any order.</summary>
public sealed partial class ImportColumns
{
    readonly Dictionary<string, ImportColumn> _byHeader = new(StringComparer.Ordinal);

    public ImportColumns(HouseholdRules rules)
    {
        Rules = rules;
        All = [.. Of(rules)];
        // Other names come last, so that none of them hides a field that a pack calls so.
        foreach (var column in All)
            Add(column.Name, column);
        foreach (var column in All)
        {
            Add(column.NameEn, column);
            foreach (var name in column.Also)
                Add(name, column);
        }
    }

    public HouseholdRules Rules { get; }

    /// <summary>In the order of a template.</summary>
    public ImmutableArray<ImportColumn> All { get; }

    /// <returns>Null for a column that isn't read, as a running number.</returns>
    public ImportColumn? Find(string header) => _byHeader.GetValueOrDefault(Plain(header));

    void Add(string name, ImportColumn column)
    {
        if (name.Length > 0)
            _byHeader.TryAdd(Plain(name), column);
    }

    static IEnumerable<ImportColumn> Of(HouseholdRules rules)
    {
        yield return new(
            ColumnKind.Area,
            "",
            null,
            "网格编码",
            "Area",
            ["网格", "网格名称", "所属网格", "所在网格", "网格代码", "区域", "区域编码", "微网格"]
        );
        foreach (var field in rules.Household)
            yield return new(ColumnKind.Household, field.Id, field, field.Name, field.NameEn, field.Also);
        yield return new(ColumnKind.HeadName, "", null, "户主姓名", "Name of the head", ["户主", "户主名字"]);
        foreach (var field in rules.Resident)
        {
            yield return new(ColumnKind.Resident, field.Id, field, field.Name, field.NameEn, field.Also.AddRange(Synonyms(field.Id)));
            if (field.Id != "name")
                continue;
            yield return new(
                ColumnKind.Relation,
                "",
                null,
                "与户主关系",
                "Relation to the head",
                ["关系", "与户主的关系", "家庭关系", "成员关系"]
            );
            yield return new(ColumnKind.IsHead, "", null, "是否户主", "Is the head", []);
            yield return new(
                ColumnKind.Population,
                "",
                null,
                "人口类型",
                "Kind of resident",
                ["人口类别", "人员类别", "人员类型", "人户状况", "居民类型"]
            );
        }
        yield return new(
            ColumnKind.Groups,
            "",
            null,
            "重点人群",
            "Special groups",
            ["特殊人群", "特殊群体", "人群类别", "重点人员类别", "人员标签"]
        );
        foreach (var certificate in rules.Certificates)
        {
            var (name, nameEn) = (certificate.Name, certificate.NameEn);
            yield return new(
                ColumnKind.Certificate,
                certificate.Id,
                null,
                $"{name}到期日",
                nameEn.Length > 0 ? $"{nameEn}: expires on" : "",
                [$"{name}有效期", $"{name}有效期至", $"{name}到期日期"]
            );
            var number = rules.Field(SubjectKind.Resident, HouseholdRules.CertificatePrefix + certificate.Id)!;
            yield return new(ColumnKind.Resident, number.Id, number, number.Name, number.NameEn, [$"{name}证号", $"{name}编号"]);
        }
        yield return new(ColumnKind.Tags, "", null, "标签", "Tags", []);
    }

    /// <summary>What the columns of the standard's fields are called in lists that no standard has seen.</summary>
    static string[] Synonyms(string field) =>
        field switch
        {
            "name" => ["名字", "居民姓名", "家庭成员", "成员姓名", "家庭成员姓名"],
            "idNumber" => ["身份证", "身份证号", "身份证号码", "公民身份号码", "公民身份证号", "居民身份证号码", "证件号", "居民身份证"],
            "phone" => ["手机号", "手机", "电话", "联系方式", "本人电话", "移动电话"],
            "birthDate" => ["生日", "出生年月", "出生日期"],
            "employer" => ["单位", "就业单位", "工作单位及职务"],
            "plate" => ["车牌", "车牌号码", "车牌号"],
            "registeredAddress" => ["户口所在地", "户籍地", "户籍所在地", "籍贯地址"],
            _ => [],
        };

    /// <summary>A header without spaces, line breaks, the star of what is needed, and what stands behind it in brackets.</summary>
    static string Plain(string header)
    {
        var text = Blank().Replace(header.Normalize(NormalizationForm.FormKC), "");
        return Hint().Replace(text, "").Trim('*', ':', '★', '※').ToUpperInvariant();
    }

    [GeneratedRegex(@"[\s\u200B\uFEFF]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?<=.)[(\[【〔].*[)\]】〕]\*?$")]
    private static partial Regex Hint();
}

/// <summary>The columns of one sheet.</summary>
/// <param name="HeaderAt">The index of the header among the sheet's lines.</param>
/// <param name="Headers">What each column is called in the sheet.</param>
public sealed record ImportLayout(int HeaderAt, ImmutableArray<(int At, ImportColumn Column)> Columns, ImmutableArray<string> Headers)
{
    /// <summary>Titles and remarks stand above a header, though never many of them.</summary>
    const int MaxAbove = 30;

    const int MinColumns = 2;

    public bool Has(ColumnKind kind) => Columns.Any(c => c.Column.Kind == kind);

    /// <summary>Whether a line has a value of a resident's field.</summary>
    public bool Has(string field, SheetLine line) =>
        Columns.Any(c => c.Column.Kind == ColumnKind.Resident && c.Column.Id == field && !line[c.At].IsEmpty);

    /// <summary>Whether the sheet says who lives together.</summary>
    public bool HasHouseholds =>
        Columns.Any(c =>
            c.Column.Kind is ColumnKind.Relation or ColumnKind.IsHead or ColumnKind.HeadName
            || c.Column is { Kind: ColumnKind.Household, Id: "number" }
        );

    /// <summary>
    /// The line that names most columns, of which one is the resident's name. A header can have two lines, the upper one of which names
    /// groups of columns: what the lower one leaves open is taken from above.
    /// </summary>
    /// <returns>The layout, or why there is none.</returns>
    public static (ImportLayout? Layout, string? Refusal) Of(Sheet sheet, ImportColumns columns)
    {
        (int Count, int At, string[] Headers) best = (0, -1, []);
        for (var i = 0; i < Math.Min(sheet.Lines.Count, MaxAbove); i++)
        {
            var headers = HeadersAt(sheet, i, columns);
            // A title that is merged over the whole sheet says the same in every column.
            var count = headers.Where(h => columns.Find(h) is not null).Distinct().Count();
            if (count > best.Count)
                best = (count, i, headers);
        }
        var found = new List<(int, ImportColumn)>();
        var seen = new HashSet<ImportColumn>();
        for (var i = 0; i < best.Headers.Length; i++)
            if (columns.Find(best.Headers[i]) is { } column)
            {
                if (!seen.Add(column))
                    return (null, SheetRefusals.SameColumn);
                found.Add((i, column));
            }
        return best.Count >= MinColumns && seen.Any(c => c is { Kind: ColumnKind.Resident, Id: "name" })
            ? (new(best.At, [.. found], [.. best.Headers]), null)
            : (null, SheetRefusals.NoHeader);
    }

    static string[] HeadersAt(Sheet sheet, int at, ImportColumns columns)
    {
        var line = sheet.Lines[at];
        var headers = line.Cells.Select(c => c.Text.Trim()).ToArray();
        if (at > 0 && headers.Any(h => columns.Find(h) is not null))
            for (var i = 0; i < headers.Length; i++)
                if (columns.Find(headers[i]) is null && columns.Find(sheet.Lines[at - 1][i].Text.Trim()) is not null)
                    headers[i] = sheet.Lines[at - 1][i].Text.Trim();
        return headers;
    }
}
