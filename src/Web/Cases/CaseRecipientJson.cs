using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;

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
        var post = reason.Post is { } held ? $"{reason.Area!.Name}的{held.Name}" : "";
        var sentence = reason.Kind switch
        {
            ReasonKind.Category => $"“{pack.CategoryOf(view.Category)?.Name}”派给{post}",
            ReasonKind.Department => $"转办到{pack.DepartmentOf(view.Department!)?.Name}，派给{post}",
            ReasonKind.Ladder => $"已升级到{pack.LevelOf(view.Level!).Name}，派给{post}",
            ReasonKind.NextLevel => $"“{pack.CategoryOf(view.Category)?.Name}”指定的岗位空岗，所以到上一级，派给{post}",
            ReasonKind.Fallback => $"按规则没有找到人，由{post}受理",
            ReasonKind.HandedOver => "由他人移交",
            _ => "派发时在相应岗位上",
        };
        var again = view.OfferedBy switch
        {
            _ when reason.Kind == ReasonKind.HandedOver => "",
            CaseStep.Reoffered => "岗位或请假变动后重新派发：",
            CaseStep.Lapsed => "认领失效后重新派发：",
            CaseStep.SentBack => "上级退回：",
            _ => "",
        };
        var standsIn = reason.StandsInDuring is { } leave ? $"{pack.NameOf(leave.Person)}请假至{Until(leave, pack)}，由代理人代办：" : "";
        var vacant = reason.VacantAt is { } at ? $"（{at.Name}空岗，所以到上一级）" : "";
        return standsIn + again + sentence + vacant;
    }

    static string English(RecipientReason reason, CaseView view, LoadedPack pack)
    {
        var post = reason.Post is { } held ? $"{NameOf(held.Name, held.NameEn)} of {reason.Area!.Name}" : "";
        var category = pack.CategoryOf(view.Category) is { } found ? NameOf(found.Name, found.NameEn) : view.Category;
        var department = view.Department is { } id && pack.DepartmentOf(id) is { } unit ? NameOf(unit.Name, unit.NameEn) : "";
        var sentence = reason.Kind switch
        {
            ReasonKind.Category => $"“{category}” goes to {post}",
            ReasonKind.Department => $"transferred to {department}, it goes to {post}",
            ReasonKind.Ladder => $"it climbed to the level “{pack.LevelOf(view.Level!).NameEn}” and goes to {post}",
            ReasonKind.NextLevel => $"the posts that “{category}” names are vacant, so it goes to the next level up, to {post}",
            ReasonKind.Fallback => $"the rules find nobody, so it goes to {post}",
            ReasonKind.HandedOver => "somebody handed it over",
            _ => "they held a post for it when it was offered",
        };
        var again = view.OfferedBy switch
        {
            _ when reason.Kind == ReasonKind.HandedOver => "",
            CaseStep.Reoffered => "offered again because posts or leave changed: ",
            CaseStep.Lapsed => "offered again because the claim lapsed: ",
            CaseStep.SentBack => "sent back from above: ",
            _ => "",
        };
        var standsIn = reason.StandsInDuring is { } leave
            ? $"as the deputy of {pack.NameOf(leave.Person)}, who is on leave until {Until(leave, pack)}: "
            : "";
        var vacant = reason.VacantAt is { } at ? $" ({at.Name} is vacant, so the next level up)" : "";
        return standsIn + again + sentence + vacant;
    }

    /// <summary>At the place.</summary>
    static string Until(Leave leave, LoadedPack pack) =>
        TimeZoneInfo.ConvertTime(leave.To, pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string NameOf(string name, string nameEn) => nameEn.Length > 0 ? nameEn : name;
}
