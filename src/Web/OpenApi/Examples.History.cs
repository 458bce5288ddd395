using GridActors.Web.Areas;
using GridActors.Web.Cases;

namespace GridActors.Web.OpenApi;

static partial class Examples
{
    static ListJson<CaseStepJson> History =>
        new(
            [
                new(
                    1,
                    Reported,
                    Reporter,
                    Me.Name,
                    "reported",
                    "offered",
                    null,
                    null,
                    null,
                    null,
                    null,
                    [PhotoId],
                    null,
                    null,
                    null,
                    null,
                    [],
                    null,
                    [],
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null
                ),
                new(
                    2,
                    Claimed,
                    Claimant,
                    Holder.Name,
                    "claimed",
                    "claimed",
                    null,
                    null,
                    null,
                    null,
                    null,
                    [],
                    null,
                    null,
                    null,
                    null,
                    [],
                    null,
                    [],
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null
                ),
            ],
            null
        );
}
