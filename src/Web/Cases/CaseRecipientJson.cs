using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Domain.Rotas;

namespace GridActors.Web.Cases;

/// <summary>Somebody who has a case, with the post by which they act where it happened.</summary>
/// <param name="Why">Why they have it, in Chinese. Null in the answer to a step.</param>
public sealed record CaseRecipientJson(
    string Person,
    string Name,
    string Post,
    string PostName,
    string PostNameEn,
    string Area,
    string AreaName,
    string? Why,
    string? WhyEn
)
{
    /// <summary>Those whom it was offered to, and its claimant where somebody handed it to them.</summary>
    /// <param name="at">When: then it is said why they have it. Null in the answer to a step.</param>
    public static IEnumerable<CaseRecipientJson> Of(CaseView view, AreaNode area, LoadedPack pack, DateTimeOffset? at)
    {
        foreach (var person in view.OfferedTo)
            if (Of(view, person, area, pack, at) is { } recipient)
                yield return recipient;
        if (view is { Claimant: { } claimant, Status: CaseStatus.Claimed or CaseStatus.OnSite } && !view.OfferedTo.Contains(claimant))
            if (Of(view, claimant, area, pack, at) is { } holder)
                yield return holder;
    }

    static CaseRecipientJson? Of(CaseView view, PersonId id, AreaNode area, LoadedPack pack, DateTimeOffset? at)
    {
        if (pack.People.GetValueOrDefault(id.Id) is not { Posts.Count: > 0 } person)
            return null;
        var (post, held) = person.PostOver(area) ?? person.Posts[0];
        var reason = at is { } now ? RecipientReasons.Of(pack, view, id, now) : null;
        return new(
            id.Id,
            person.Name,
            post.Id,
            post.Name,
            post.NameEn,
            held.Code,
            held.Name,
            reason is null ? null : Chinese(reason, view, pack),
            reason is null ? null : English(reason, view, pack)
        );
    }

    static string Chinese(RecipientReason reason, CaseView view, LoadedPack pack)
    {
        var post =
            reason.OnDuty is { } rota ? $"{reason.Area!.Name}的“{rota.Name}”值班人员"
            : reason.Post is { } held ? $"{reason.Area!.Name}的{held.Name}"
            : "";
        var found = pack.CategoryOf(view.Category);
        var category = reason.Rule?.OfClass == true ? $"“{found?.Class}”类" : $"“{found?.Name}”";
        var department = view.Department is { } id ? pack.DepartmentOf(id) : null;
        var sentence = reason.Kind switch
        {
            ReasonKind.Category => $"{category}{Times(reason.Rule?.When)}派给{post}",
            ReasonKind.Department => $"转办到{department?.Name}，派给{post}",
            ReasonKind.Ladder => $"已升级到{pack.LevelOf(view.Level!).Name}，派给{post}",
            ReasonKind.NextLevel when department is not null => $"转办到{department.Name}，其岗位空岗，所以到上一级，派给{post}",
            ReasonKind.NextLevel => $"{category}指定的岗位空岗，所以到上一级，派给{post}",
            ReasonKind.Fallback => $"按规则没有找到人，由{post}受理",
            ReasonKind.HandedOver => "由他人移交",
            _ => "派发时在相应岗位上",
        };
        var again = view.OfferedBy switch
        {
            _ when reason.Kind == ReasonKind.HandedOver => "",
            CaseStep.Reoffered => "岗位、值班或请假变动后重新派发：",
            CaseStep.Lapsed => "认领失效后重新派发：",
            CaseStep.SentBack => "上级退回：",
            _ => "",
        };
        var standsIn = reason.StandsInDuring is { } leave ? $"{pack.NameOf(leave.Person)}请假至{Until(leave, pack)}，由代理人代办：" : "";
        var vacant = reason.VacantAt is { } at ? $"（{at.Name}空岗，所以到上一级）" : "";
        var unmanned = reason.Unmanned is { } empty ? $"（“{empty.Name}”此时无人值班，所以按岗位派发）" : "";
        return standsIn + again + sentence + vacant + unmanned;

        static string Times(TimesOfDay? when) =>
            when?.Kind switch
            {
                null => "",
                TimesOfDayKind.Office => "在办公时间",
                TimesOfDayKind.OutsideOffice => "在非办公时间",
                _ => $"在{when}",
            };
    }

    static string English(RecipientReason reason, CaseView view, LoadedPack pack)
    {
        var post =
            reason.OnDuty is { } rota ? $"whoever is on duty by “{NameOf(rota.Name, rota.NameEn)}” of {reason.Area!.Name}"
            : reason.Post is { } held ? $"{NameOf(held.Name, held.NameEn)} of {reason.Area!.Name}"
            : "";
        var category =
            pack.CategoryOf(view.Category) is not { } found ? view.Category
            : reason.Rule?.OfClass == true ? NameOf(found.Class, found.ClassEn)
            : NameOf(found.Name, found.NameEn);
        var department = view.Department is { } id && pack.DepartmentOf(id) is { } unit ? NameOf(unit.Name, unit.NameEn) : "";
        var sentence = reason.Kind switch
        {
            ReasonKind.Category => $"“{category}”{Times(reason.Rule?.When)} goes to {post}",
            ReasonKind.Department => $"transferred to {department}, it goes to {post}",
            ReasonKind.Ladder => $"it climbed to the level “{pack.LevelOf(view.Level!).NameEn}” and goes to {post}",
            ReasonKind.NextLevel when department.Length > 0 =>
                $"the post of {department}, to which it was transferred, is vacant, so it goes to the next level up, to {post}",
            ReasonKind.NextLevel => $"the posts that “{category}” names are vacant, so it goes to the next level up, to {post}",
            ReasonKind.Fallback => $"the rules find nobody, so it goes to {post}",
            ReasonKind.HandedOver => "somebody handed it over",
            _ => "they held a post for it when it was offered",
        };
        var again = view.OfferedBy switch
        {
            _ when reason.Kind == ReasonKind.HandedOver => "",
            CaseStep.Reoffered => "offered again because posts, duty or leave changed: ",
            CaseStep.Lapsed => "offered again because the claim lapsed: ",
            CaseStep.SentBack => "sent back from above: ",
            _ => "",
        };
        var standsIn = reason.StandsInDuring is { } leave
            ? $"as the deputy of {pack.NameOf(leave.Person)}, who is on leave until {Until(leave, pack)}: "
            : "";
        var vacant = reason.VacantAt is { } at ? $" ({at.Name} is vacant, so the next level up)" : "";
        var unmanned = reason.Unmanned is { } empty
            ? $" (nobody is on duty by “{NameOf(empty.Name, empty.NameEn)}”, so the holders of the post)"
            : "";
        return standsIn + again + sentence + vacant + unmanned;

        static string Times(TimesOfDay? when) =>
            when?.Kind switch
            {
                null => "",
                TimesOfDayKind.Office => " in office hours",
                TimesOfDayKind.OutsideOffice => " outside office hours",
                _ => $" at {when}",
            };
    }

    /// <summary>At the place.</summary>
    static string Until(Leave leave, LoadedPack pack) =>
        TimeZoneInfo.ConvertTime(leave.To, pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string NameOf(string name, string nameEn) => nameEn.Length > 0 ? nameEn : name;
}
