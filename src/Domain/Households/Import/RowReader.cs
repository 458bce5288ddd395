using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Sheets;

namespace GridActors.Domain.Households.Import;

/// <summary>Finds the area that a cell names.</summary>
/// <returns>Its code, or one of <see cref="ImportErrors"/>.</returns>
public delegate (string? Code, string? Error) AreaLookup(string text);

/// <summary>Reads the lines of a sheet as residents. All that is wrong with a line is said at once.</summary>
/// <param name="today">Nobody is born after it.</param>
public sealed class RowReader(ImportColumns columns, AreaLookup areas, DateOnly today)
{
    const int MaxTag = 40;

    static readonly char[] Separators = ['、', ',', '，', ';', '；', '/', '|', '\n'];

    /// <summary>With what the line begins that stands below a table.</summary>
    static readonly string[] Notes =
    [
        "注",
        "备注",
        "说明",
        "填表",
        "制表",
        "填报",
        "合计",
        "总计",
        "小计",
        "审核",
        "以上",
        "负责人",
        "Note",
        "Total",
    ];

    readonly Dictionary<(string List, string Text), string?> _codes = [];

    HouseholdRules Rules => columns.Rules;

    /// <param name="number">Of the sheet in its file, from 0.</param>
    public IEnumerable<ImportRow> Read(int number, Sheet sheet, ImportLayout layout)
    {
        foreach (var line in sheet.Lines.Skip(layout.HeaderAt + 1))
            if (!IsHeader(line, layout) && !IsNote(line, layout))
                yield return Read(number, line, layout) with
                {
                    IsLoose = !layout.HasHouseholds,
                };
    }

    /// <summary>A sheet that is printed repeats its header on every page.</summary>
    bool IsHeader(SheetLine line, ImportLayout layout) => layout.Columns.Count(c => columns.Find(line[c.At].Text) == c.Column) > 1;

    static bool IsNote(SheetLine line, ImportLayout layout)
    {
        if (layout.Columns.All(c => line[c.At].IsEmpty))
            return true;
        var texts = line.Cells.Where(c => !c.IsEmpty).Select(c => c.Text.Trim()).ToList();
        // A note that is merged over the sheet says the same in every column.
        if (texts.Count > 1 && texts.Distinct().Count() == 1)
            return true;
        return !layout.Has(StandardFields.Name, line)
            && (
                (texts.Count == 1 && !layout.Has(StandardFields.IdNumber, line))
                || Notes.Any(n => texts[0].StartsWith(n, StringComparison.OrdinalIgnoreCase))
            );
    }

    ImportRow Read(int number, SheetLine line, ImportLayout layout)
    {
        var read = new Reading(number, line.Number);
        // What the number of a certificate must look like depends on its type.
        foreach (var (at, column) in layout.Columns.OrderBy(c => c.Column.Id == StandardFields.IdType ? 0 : 1))
        {
            var cell = line[at];
            var header = layout.Headers[at];
            if (cell.Kind == CellKind.Empty)
                continue;
            if (cell.Kind == CellKind.Formula)
                read.Wrong(column, header, ImportErrors.Formula);
            else
                Take(read, column, header, cell.Text);
        }
        return Finish(read, layout);
    }

    void Take(Reading read, ImportColumn column, string header, string text)
    {
        switch (column.Kind)
        {
            case ColumnKind.Household:
            case ColumnKind.Resident:
                TakeField(read, column, header, text);
                break;
            case ColumnKind.Area:
                var (area, error) = areas(NormalText.Of(text));
                read.Area = area;
                if (error is not null)
                    read.Wrong(column, header, error);
                break;
            case ColumnKind.Relation:
                // 本人 in this column is the head, too.
                read.Relation = Code("relation", NormalText.Of(text)) is "01"
                    ? HouseholdRules.HeadRelation
                    : Code("relation", NormalText.Of(text));
                if (read.Relation is null)
                    read.Wrong(column, header, ValueErrors.UnknownCode);
                break;
            case ColumnKind.IsHead:
                var isHead = Value(FieldType.Boolean, text, read);
                read.SaysHead |= isHead.Value == "true";
                if (isHead.Error is { } notYesOrNo)
                    read.Wrong(column, header, notYesOrNo);
                break;
            case ColumnKind.HeadName:
                read.HeadName = PersonNames.Normalise(text);
                break;
            case ColumnKind.Population:
                read.Kind = ImportWords.Kind(NormalText.OfCode(text));
                if (read.Kind is null)
                    read.Wrong(column, header, ValueErrors.UnknownCode);
                break;
            case ColumnKind.Groups:
                foreach (var name in Parts(text))
                    if (Rules.Groups.FirstOrDefault(g => g.Name == name || g.Id == name || g.NameEn == name) is { } group)
                        read.Groups.Add(group.Id);
                    else if (name is not ("无" or "否" or "-"))
                        read.Wrong(column, header, ImportErrors.UnknownGroup);
                break;
            case ColumnKind.Tags:
                read.Tags.UnionWith(Parts(text));
                if (read.Tags.Any(t => WrittenText.Length(t) > MaxTag))
                    read.Wrong(column, header, ValueErrors.TooLong);
                break;
            case ColumnKind.Certificate:
                if (text.Trim() is "长期" or "长期有效" or "永久")
                    break;
                if (WrittenDate.Read(text) is { } expires)
                    read.Certificates.Add(new(column.Id, expires));
                else
                    read.Wrong(column, header, ValueErrors.NotADate);
                break;
        }
    }

    void TakeField(Reading read, ImportColumn column, string header, string text)
    {
        var field = column.Field!;
        if (field.Id == StandardFields.IdNumber && column.Kind == ColumnKind.Resident)
        {
            var check = IdentifierRules.Check(read.Resident.GetValueOrDefault(StandardFields.IdType, ""), text, today);
            read.Resident[field.Id] = check.Canonical;
            read.Number = (check, header);
            if (check.Error is { } wrong)
                read.Wrong(column, header, wrong);
            return;
        }
        var value = Value(field.Type, text, read, field);
        if (value.Error is { } error)
            read.Wrong(column, header, error);
        else if (value.Value.Length > 0)
            (column.Kind == ColumnKind.Household ? read.Household : read.Resident)[field.Id] = value.Value;
    }

    FieldValue Value(FieldType type, string text, Reading read, FieldRule? field = null) =>
        FieldValues.Read(
            type,
            text,
            typed => field?.Codes is { } list ? Code(list, typed) : null,
            // A certificate's own number isn't that of a resident card.
            type == FieldType.Identifier
                ? "990"
                : read.Resident.GetValueOrDefault(StandardFields.IdType, ""),
            today,
            mayBeLater: field?.Id != StandardFields.BirthDate
        );

    string? Code(string list, string text)
    {
        if (_codes.TryGetValue((list, text), out var known))
            return known;
        var code = Rules.Codes.GetValueOrDefault(list) is { } codes
            ? (codes.Named(text) ?? codes.Codes.FirstOrDefault(c => c.NameEn.Equals(text, StringComparison.OrdinalIgnoreCase)))?.Code
            : null;
        return _codes[(list, text)] = code;
    }

    ImportRow Finish(Reading read, ImportLayout layout)
    {
        if (!read.Resident.ContainsKey(StandardFields.Name) && !read.IsWrong(StandardFields.Name))
            read.Wrong(
                StandardFields.Name,
                layout.Headers[layout.Columns.First(c => c.Column is { Kind: ColumnKind.Resident, Id: StandardFields.Name }).At],
                ValueErrors.Required
            );
        var derived = Facts.None;
        if (read.Number is ({ Error: null } check, _))
        {
            if (!read.Resident.ContainsKey(StandardFields.IdType))
                derived = Derived(derived, StandardFields.IdType, IdentifierRules.ResidentCard);
            if (check.BirthDate is { } born)
            {
                derived = Derived(derived, StandardFields.BirthDate, WrittenDate.Write(born));
                derived = Derived(derived, StandardFields.Sex, check.Sex!);
                read.Settle(StandardFields.BirthDate, derived, ValueErrors.BirthDateDiffers);
                read.Settle(StandardFields.Sex, derived, ValueErrors.SexDiffers);
            }
        }
        return read.ToRow(derived);
    }

    ImmutableSortedDictionary<string, string> Derived(ImmutableSortedDictionary<string, string> derived, string field, string value) =>
        Rules.Field(SubjectKind.Resident, field) is null ? derived : derived.SetItem(field, value);

    static IEnumerable<string> Parts(string text) =>
        NormalText.Of(text).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A line while it is read.</summary>
    sealed class Reading(int sheet, int line)
    {
        readonly List<(string Id, RowError Error)> _errors = [];

        public Dictionary<string, string> Household { get; } = [];
        public Dictionary<string, string> Resident { get; } = [];
        public HashSet<string> Groups { get; } = [];
        public HashSet<string> Tags { get; } = [];
        public List<RowCertificate> Certificates { get; } = [];
        public (IdentifierCheck Check, string Header)? Number { get; set; }
        public string? Area { get; set; }
        public string? Relation { get; set; }
        public bool SaysHead { get; set; }
        public string HeadName { get; set; } = "";
        public ResidentKind? Kind { get; set; }

        public void Wrong(ImportColumn column, string header, string code) =>
            Wrong(column.Kind == ColumnKind.Resident ? column.Id : "", header, code);

        public void Wrong(string id, string header, string code)
        {
            if (!_errors.Exists(e => e.Error.Column == header && e.Error.Code == code))
                _errors.Add((id, new(header, code)));
        }

        public bool IsWrong(string id) => _errors.Exists(e => e.Id == id);

        /// <summary>
        /// What the number of a card tells is right: a formula or half a date beside it doesn't matter, and another date is a mistake in
        /// one of the two.
        /// </summary>
        public void Settle(string field, ImmutableSortedDictionary<string, string> derived, string differs)
        {
            _errors.RemoveAll(e => e.Id == field);
            var isUnknown = field == StandardFields.Sex && Resident.GetValueOrDefault(field) is "0" or "9";
            if (isUnknown)
                Resident.Remove(field);
            if (derived.GetValueOrDefault(field) is { } told && Resident.TryGetValue(field, out var written) && written != told)
                Wrong(field, Number!.Value.Header, differs);
        }

        public ImportRow ToRow(ImmutableSortedDictionary<string, string> derived) =>
            new(sheet, line)
            {
                Area = Area,
                Household = Household.ToImmutableSortedDictionary(StringComparer.Ordinal),
                Resident = Resident.ToImmutableSortedDictionary(StringComparer.Ordinal),
                Derived = derived.RemoveRange(Resident.Keys),
                Kind = Kind,
                Relation = Relation ?? (SaysHead ? HouseholdRules.HeadRelation : null),
                HeadName = HeadName,
                Groups = [.. Groups.Order(StringComparer.Ordinal)],
                Tags = [.. Tags.Order(StringComparer.Ordinal)],
                Certificates = [.. Certificates],
                Errors = [.. _errors.Select(e => e.Error)],
            };
    }
}
