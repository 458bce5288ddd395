using GridActors.Domain.Packs;

namespace GridActors.Domain.Surveys;

/// <summary>What somebody may do with the surveys of an area.</summary>
/// <param name="MaySee">They may read households that are asked, in all of the area or in a part of it.</param>
/// <param name="MayManage">They may define, publish and close them.</param>
public readonly record struct SurveyAccess(bool MaySee, bool MayManage)
{
    public static SurveyAccess Of(PersonEntry person, AreaNode area)
    {
        var mayManage = person.Over(area).Has(Permission.ManageSurveys);
        var maySee = person.Posts.Any(held =>
            held.Post.May.Contains(Permission.ReadHouseholds) && (area.Contains(held.Area) || held.Area.Contains(area))
        );
        return new(maySee || mayManage, mayManage);
    }
}
