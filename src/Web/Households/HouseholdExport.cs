using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Households.Import;
using GridActors.Web.Administration;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace GridActors.Web.Households;

/// <summary>
/// The households of an area as a workbook, in the columns in which they are imported, everything masked. It is written while it is read,
/// an area after the other, so that its size needs no memory.
/// </summary>
sealed class HouseholdExport(LoadedPack pack, HouseholdRules rules, Caller caller, bool english)
{
    const double Width = 18;

    readonly HouseholdMask _mask = new(rules, HouseholdAccess.None);

    readonly List<ImportColumn> _columns =
    [
        .. new ImportColumns(rules).All.Where(c => c.Kind is not (ColumnKind.HeadName or ColumnKind.IsHead)),
    ];

    public async Task Write(
        Stream stream,
        AreaNode under,
        DateTimeOffset at,
        RegisteredHouseholds registered,
        CancellationToken cancellationToken
    )
    {
        await using var book = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellationToken);
        var heading = book.AddStyle(new Style { Font = { Bold = true } });
        var options = new WorksheetOptions { FrozenRows = 2 };
        for (var i = 1; i <= _columns.Count; i++)
            options.Column(i).Width = Width;
        await book.StartWorksheetAsync(english ? "Households" : "户", options, cancellationToken);
        await book.AddRowAsync([new DataCell(Watermark(under, at))], cancellationToken);
        await book.AddHeaderRowAsync(_columns.Select(c => Of(c.Name, c.NameEn)).ToArray(), heading, cancellationToken);
        foreach (var area in under.Downwards().SelectMany(a => a.WithFormer))
        foreach (var household in await registered.Read(pack.Pack.Id, [area.Key], [], [], cancellationToken))
        foreach (var resident in household.Residents.OrderBy(r => !r.IsHead))
            await book.AddRowAsync([.. _columns.Select(c => new DataCell(Value(c, household, resident)))], cancellationToken);
        await book.FinishAsync(cancellationToken);
    }

    /// <summary>Who took it along, and when: a file that turns up somewhere says where it came from.</summary>
    string Watermark(AreaNode under, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var name = pack.NameOf(caller.Id);
        return english
            ? $"{under.Name}, exported by {name} ({caller.Id.Id}) at {local}. Personal values are masked."
            : $"{under.Name} · {name}（{caller.Id.Id}）{local} 导出 · 个人信息已脱敏";
    }

    string? Value(ImportColumn column, HouseholdView household, ResidentView resident) =>
        column.Kind switch
        {
            ColumnKind.Area => household.Area.Code,
            ColumnKind.Household => Shown(SubjectKind.Household, column, household.Fields),
            ColumnKind.Resident => Shown(SubjectKind.Resident, column, resident.Fields),
            ColumnKind.Relation => resident.Relation is { } relation ? CodeName(HouseholdNames.Relations, relation) : null,
            ColumnKind.Population => ImportWords.Of(resident.Kind, english),
            ColumnKind.Groups => string.Join('、', HouseholdNames.Readable(resident.Groups, caller, household.Area.Code).Select(GroupName)),
            ColumnKind.Certificate => resident
                .Certificates.FirstOrDefault(c => c.Kind == column.Id)
                ?.ExpiresOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ColumnKind.Tags => string.Join('、', resident.Tags),
            _ => null,
        };

    string? Shown(SubjectKind subject, ImportColumn column, IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.TryGetValue(column.Id, out var value))
            return null;
        var shown = _mask.Text(subject, column.Id, Facts.None.Add(column.Id, value));
        return column.Field?.Codes is { } list && shown == value ? CodeName(list, value) : shown;
    }

    string CodeName(string list, string code) =>
        rules.Codes.GetValueOrDefault(list)?.Find(code) is { } found ? Of(found.Name, found.NameEn) : code;

    string GroupName(string id) => rules.Group(id) is { } group ? Of(group.Name, group.NameEn) : id;

    string Of(string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;
}

static class HouseholdExportEndpoint
{
    public static void MapHouseholdExport(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/households/export.xlsx", Export)
            .RequireAuthorization()
            .WithTags("Households")
            .WithName("exportHouseholds")
            .WithSummary("Export the households of an area and everything below it as a workbook, masked")
            .WithDescription(
                "The columns are those of an import; personal values are masked, and the first line says who exported it and when. "
                    + "For a post that may read and transfer households there."
            )
            .Produces<Stream>(StatusCodes.Status200OK, CaseExport.Xlsx)
            .WithProblems(
                Problem.NotSignedIn,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotYourArea,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );

    static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        string? area,
        Caller caller,
        RegisteredHouseholds registered,
        AccessJournal access,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (under, problem) = HouseholdListQuery.Under(area, caller, context);
        if (under is null)
            return problem!;
        if (!caller.Person.Over(under).Has(Permission.TransferHouseholds))
            return Problem.Of(CaseRejections.NotYourArea, context);
        access.Export(caller, "households");
        var english = Problem.IsEnglish(context);
        var export = new HouseholdExport(caller.Pack, caller.Pack.Pack.Households!, caller, english);
        // A zip archive ends with a synchronous write.
        context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
        return TypedResults.Stream(
            stream =>
                HttpMethods.IsHead(context.Request.Method)
                    ? Task.CompletedTask
                    : export.Write(stream, under, clock.GetUtcNow(), registered, cancellationToken),
            CaseExport.Xlsx,
            $"{(english ? "Households" : "户情")}-{under.Name}.xlsx"
        );
    }
}
