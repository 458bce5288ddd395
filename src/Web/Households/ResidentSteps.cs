using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using HouseholdResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Households.HouseholdJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Households;

/// <summary>What can be done with the residents of a household.</summary>
static class ResidentSteps
{
    /// <param name="steps">The group <c>/api/households/{household}</c>.</param>
    public static void MapResidentSteps(this RouteGroupBuilder steps)
    {
        steps
            .MapPost("/residents", Add)
            .WithName("addResident")
            .WithSummary("Add a resident to a household")
            .WithProblems(HouseholdRejections.TwoHeads, HouseholdRejections.TooManyResidents);
        steps
            .MapPatch("/residents/{resident}", CorrectResident)
            .WithName("correctResident")
            .WithSummary("Correct what is known of a resident")
            .WithProblems(HouseholdRejections.NotAResident, HouseholdRejections.TwoHeads);
        steps
            .MapPost("/head", ChangeHead)
            .WithName("changeHead")
            .WithSummary("Make somebody else the head of a household")
            .WithProblems(HouseholdRejections.NotAResident);
        steps
            .MapPost("/move-out", MoveOut)
            .WithName("moveOut")
            .WithSummary("Let residents move out, or go over to another household")
            .WithDescription("The head goes with everybody else, or after somebody else has become the head.")
            .WithProblems(HouseholdRejections.NotAResident, HouseholdRejections.HeadLeaves, HouseholdRejections.WrongTarget);
        steps
            .MapPost("/deaths", Die)
            .WithName("recordDeath")
            .WithSummary("Record that a resident died")
            .WithProblems(HouseholdRejections.NotAResident, CaseRejections.WrongStatus);
        steps
            .MapPost("/erase", Erase)
            .WithName("eraseResident")
            .WithSummary("Destroy what is known of somebody who moved out or died")
            .WithDescription(
                "Their key is destroyed, so nobody can read what the journal still holds of them. It can't be undone. For a post that may "
                    + "administer."
            )
            .WithProblems(HouseholdRejections.NotAResident, HouseholdRejections.StillLiving);
    }

    static async Task<HouseholdResult> Add(
        string household,
        ResidentRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var id = headers.NewId(caller.Id, "resident");
        var result = await steps.Take(
            household,
            (_, reader) =>
                new AddResident
                {
                    By = caller.Id,
                    Resident = reader.Resident(
                        "resident",
                        id,
                        body,
                        c => headers.NewId(caller.Id, string.Create(CultureInfo.InvariantCulture, $"certificate {c}"))
                    )!,
                },
            caller,
            headers,
            context
        );
        return await steps.Added(result, id, caller, cancellationToken);
    }

    static Task<HouseholdResult> CorrectResident(
        string household,
        string resident,
        CorrectResidentRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) =>
        steps.Take(
            household,
            (_, reader) =>
                new CorrectResident
                {
                    By = caller.Id,
                    Resident = Guid.TryParseExact(resident, "N", out var id) ? id : Guid.Empty,
                    Kind = reader.Kind("kind", body.Kind, required: false),
                    Relation = reader.Relation("relation", body.Relation),
                    Fields = reader.Changes(SubjectKind.Resident, "fields", body.Fields),
                    Groups = reader.Groups("groups", body.Groups),
                    Certificates = reader.Certificates(
                        "certificates",
                        body.Certificates,
                        c => headers.NewId(caller.Id, string.Create(CultureInfo.InvariantCulture, $"certificate {c}"))
                    ),
                    Tags = reader.Tags("tags", body.Tags),
                },
            caller,
            headers,
            context
        );

    static Task<HouseholdResult> ChangeHead(
        string household,
        HeadRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) =>
        steps.Take(
            household,
            (_, reader) =>
                new ChangeHead
                {
                    By = caller.Id,
                    Resident = reader.Id("resident", body.Resident, required: true) ?? default,
                    FormerRelation = reader.Relation("formerRelation", body.FormerRelation),
                },
            caller,
            headers,
            context
        );

    static Task<HouseholdResult> MoveOut(
        string household,
        MoveOutRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) =>
        steps.Take(
            household,
            (fields, reader) =>
            {
                var residents = reader.Ids("residents", body.Residents);
                var reason = fields.Text("reason", body.Reason, HouseholdSteps.MaxReason);
                return reader.Id("to", body.To) is { } to
                    ? new MoveResidents
                    {
                        By = caller.Id,
                        Residents = residents,
                        To = to,
                        Reason = reason,
                    }
                    : new MoveOut
                    {
                        By = caller.Id,
                        Residents = residents,
                        Reason = reason,
                    };
            },
            caller,
            headers,
            context
        );

    static Task<HouseholdResult> Die(
        string household,
        DeathRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) =>
        steps.Take(
            household,
            (_, reader) =>
                new RecordDeath
                {
                    By = caller.Id,
                    Resident = reader.Id("resident", body.Resident, required: true) ?? default,
                    On = reader.Day("on", body.On) ?? default,
                },
            caller,
            headers,
            context
        );

    static Task<HouseholdResult> Erase(
        string household,
        EraseRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        HouseholdStepHandler steps,
        HttpContext context
    ) =>
        steps.Take(
            household,
            (fields, reader) =>
                new EraseResident
                {
                    By = caller.Id,
                    Resident = reader.Id("resident", body.Resident, required: true) ?? default,
                    Reason = fields.Text("reason", body.Reason, HouseholdSteps.MaxReason),
                },
            caller,
            headers,
            context
        );
}
