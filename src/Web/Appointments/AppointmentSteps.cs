using System.Collections.Immutable;
using GridActors.Contracts;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Appointments;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Storage.Households;
using GridActors.Storage.Time;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using AppointmentResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Appointments.AppointmentJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Appointments;

/// <summary>The steps of an appointment.</summary>
static class AppointmentSteps
{
    const int MaxText = 500;
    const int MaxReason = 200;
    static readonly TimeSpan UsualLength = TimeSpan.FromMinutes(30);

    public static void MapSteps(this RouteGroupBuilder appointments)
    {
        appointments
            .MapPost("/", Book)
            .WithName("bookAppointment")
            .WithSummary("Book a visit with households of one grid, or a service for them")
            .WithDescription(
                "The worker's own booking is agreed; for somebody else's the worker is asked. Several households of one building share one "
                    + "visit. For whoever may read households there."
            )
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                AppointmentRejections.NotTheirWorker,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown
            );
        var steps = appointments
            .MapGroup("/{appointment}")
            .WithProblems(
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                AppointmentRejections.Over,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        steps.MapPost("/agree", Agree).WithName("agreeAppointment").WithSummary("Agree to come; for the households' worker");
        steps
            .MapPost("/move", Move)
            .WithName("moveAppointment")
            .WithSummary("Give an appointment another time, or another worker")
            .WithDescription("The worker's own move is agreed; otherwise they are asked again. One that was missed can be moved, too.")
            .WithProblems(AppointmentRejections.NotTheirWorker);
        steps
            .MapPost("/done", Keep)
            .WithName("keepAppointment")
            .WithSummary("Say that the visit was made")
            .WithDescription("A visit that was recorded is named; saying it twice is no error.");
        steps.MapPost("/missed", Miss).WithName("missAppointment").WithSummary("Say that the visit wasn't made, and why");
        steps.MapPost("/cancel", Cancel).WithName("cancelAppointment").WithSummary("Cancel an appointment, with a reason");
        steps
            .MapPost("/service", Advance)
            .WithName("advanceService")
            .WithSummary("Say how far the service for the households is")
            .WithDescription(
                "Materials collected, checked by the hall, result delivered, or dropped with a reason: forward alone, for all of the "
                    + "households or for some."
            )
            .WithProblems(AppointmentRejections.WrongStage);
    }

    static async Task<AppointmentResult> Book(
        BookAppointmentRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        AppointmentCalls calls,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is null)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        var households = Ids("households", body.Households, fields);
        if (households.IsEmpty)
            fields.Wrong("households", "请选择住户", "is needed");
        var (from, until) = Times(body.From, body.Until, UsualLength, fields, caller, calls.Clock.GetUtcNow());
        var (materials, note) = (
            fields.Text("materials", body.Materials, MaxText, required: false),
            fields.Text("note", body.Note, MaxText, required: false)
        );
        CheckWhatFor(body, fields, caller.Pack);
        if (!fields.AreValid)
            return fields.Problem(context);
        var rows = await calls.Households.Of(households, cancellationToken);
        var known = rows.Values.Where(r => HouseholdAccess.Of(caller.Pack, caller.Id, r.Area, r.Worker).MaySee).ToList();
        if (known.Count != households.Length)
            return Problem.Of(CaseRejections.NotFound, context);
        if (known.DistinctBy(r => r.Area).Skip(1).Any())
            fields.Wrong("households", "应为同一网格的住户", "are of one grid");
        var worker = WorkerOf(body.Worker, known[0], fields, caller);
        if (!fields.AreValid)
            return fields.Problem(context);
        var command = new BookAppointment
        {
            By = caller.Id,
            Area = known[0].Area,
            Worker = worker,
            Households = households,
            Purpose = body.Purpose,
            Service = body.Service,
            From = from,
            Until = until,
            Materials = materials,
            Note = note,
        };
        return await calls.Take(headers.NewId(caller.Id, "appointment"), command, headers, caller, context);
    }

    static Task<AppointmentResult> Agree(
        string appointment,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        AppointmentCalls calls,
        HttpContext context
    ) => calls.Take(appointment, new AgreeAppointment { By = caller.Id }, headers, caller, context);

    static async Task<AppointmentResult> Move(
        string appointment,
        MoveAppointmentRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        AppointmentCalls calls,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await AppointmentEndpoints.Find(appointment, caller, calls.Appointments, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var fields = Fields.Of(context);
        var (from, until) = Times(body.From, body.Until, view.Until - view.From, fields, caller, calls.Clock.GetUtcNow());
        var command = new MoveAppointment
        {
            By = caller.Id,
            From = from,
            Until = until,
            Worker = body.Worker is { } other ? new PersonId(caller.Pack.Pack.Id, other) : view.Worker,
            Reason = fields.Text("reason", body.Reason, MaxReason, required: false),
        };
        return fields.AreValid ? await calls.Take(view.Id, command, headers, caller, context) : fields.Problem(context);
    }

    static Task<AppointmentResult> Keep(
        string appointment,
        KeepAppointmentRequest? body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        AppointmentCalls calls,
        HttpContext context
    )
    {
        Guid? visit = null;
        if (body?.Visit is { } text)
        {
            if (!Guid.TryParse(text, out var id))
            {
                var fields = Fields.Of(context);
                fields.Wrong("visit", "不是走访编号", "is no id of a visit");
                return Task.FromResult<AppointmentResult>(fields.Problem(context));
            }
            visit = id;
        }
        return calls.Take(appointment, new KeepAppointment { By = caller.Id, Visit = visit }, headers, caller, context);
    }

    static Task<AppointmentResult> Miss(
        string appointment,
        AppointmentReasonRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        AppointmentCalls calls,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var command = new MissAppointment { By = caller.Id, Reason = fields.Text("reason", body.Reason, MaxReason) };
        return fields.AreValid
            ? calls.Take(appointment, command, headers, caller, context)
            : Task.FromResult<AppointmentResult>(fields.Problem(context));
    }

    static Task<AppointmentResult> Cancel(
        string appointment,
        AppointmentReasonRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        AppointmentCalls calls,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        var command = new CancelAppointment { By = caller.Id, Reason = fields.Text("reason", body.Reason, MaxReason) };
        return fields.AreValid
            ? calls.Take(appointment, command, headers, caller, context)
            : Task.FromResult<AppointmentResult>(fields.Problem(context));
    }

    static async Task<AppointmentResult> Advance(
        string appointment,
        AdvanceServiceRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        AppointmentCalls calls,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var stage = AppointmentNames.Stage(body.Stage);
        if (stage is null)
            fields.Wrong("stage", "应为 collected、checked、delivered 或 dropped", "must be collected, checked, delivered or dropped");
        var reason = fields.Text("reason", body.Reason, MaxReason, required: stage == ServiceStage.Dropped);
        var households = Ids("households", body.Households, fields);
        if (!fields.AreValid)
            return fields.Problem(context);
        if (await AppointmentEndpoints.Find(appointment, caller, calls.Appointments, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        var command = new AdvanceService
        {
            By = caller.Id,
            Households = households.IsEmpty ? [.. view.Households.Select(h => h.Household)] : households,
            Stage = stage!.Value,
            Reason = reason,
        };
        return await calls.Take(view.Id, command, headers, caller, context);
    }

    static ImmutableArray<Guid> Ids(string name, IReadOnlyList<string>? texts, Fields fields)
    {
        var ids = ImmutableArray.CreateBuilder<Guid>();
        foreach (var text in texts ?? [])
            if (Guid.TryParse(text, out var id))
                ids.Add(id);
            else
                fields.Wrong(name, "不是住户编号", "is no id of a household");
        if (ids.Count > AppointmentDecider.MaxHouseholds)
            fields.Wrong(name, $"最多 {AppointmentDecider.MaxHouseholds} 户", $"are {AppointmentDecider.MaxHouseholds} at most");
        return [.. ids.Distinct()];
    }

    static (DateTimeOffset From, DateTimeOffset Until) Times(
        string? from,
        string? until,
        TimeSpan length,
        Fields fields,
        Caller caller,
        DateTimeOffset now
    )
    {
        if (fields.Time("from", from, caller.Pack) is not { } begin)
        {
            fields.Wrong("from", "必填", "is needed");
            return default;
        }
        var end = fields.Time("until", until, caller.Pack) ?? begin + length;
        if (end <= begin || end - begin > AppointmentRules.LongestVisit)
            fields.Wrong("until", "应晚于开始时间，最多 12 小时", "is after the beginning, by 12 hours at most");
        if (begin < now - AppointmentRules.LongestPast || begin > now + AppointmentRules.FarthestAhead)
            fields.Wrong("from", "应在三天前至一年之内", "is between three days ago and a year from now");
        return (begin.ToUniversalTime(), end.ToUniversalTime());
    }

    static void CheckWhatFor(BookAppointmentRequest body, Fields fields, LoadedPack pack)
    {
        var rules = pack.Pack.Field ?? FieldRules.Default;
        if (body.Service is { } service && rules.Services.All(s => s.Id != service))
            fields.Wrong("service", "不是本地的代办事项", "is no service of the pack");
        if (body.Purpose is { } purpose && rules.Purpose(purpose) is null)
            fields.Wrong("purpose", "不是本地的走访事由", "is no purpose of the pack");
        else if (body.Service is null && body.Purpose is null && !rules.Purposes.IsEmpty)
            fields.Wrong("purpose", "请选择走访事由或代办事项", "is needed, or a service");
    }

    /// <summary>Who comes: the one who is named, else the caller who is linked, else the worker of the household.</summary>
    static PersonId WorkerOf(string? named, HouseholdRow household, Fields fields, Caller caller)
    {
        if (named is not null)
            return new(caller.Pack.Pack.Id, named);
        if (HouseholdAccess.Of(caller.Pack, caller.Id, household.Area, household.Worker).IsLinked)
            return caller.Id;
        if (household.Worker is { } one)
            return one;
        if (caller.Pack.StandIn(household.Area.Code) is { } area && Linked(caller.Pack, area) is [var only])
            return only;
        fields.Wrong("worker", "请选择由谁上门", "is needed: the households have several workers, or none");
        return caller.Id;
    }

    static ImmutableArray<PersonId> Linked(LoadedPack pack, AreaNode area) =>
        [.. pack.Pack.Households!.LinkedPosts.SelectMany(p => LoadedPack.NearestHolders(p, null, area)).Distinct()];
}

/// <summary>Sends steps to appointments.</summary>
sealed class AppointmentCalls(GrainReferences<IAppointmentGrain> appointments, AppointmentHouseholds households, ServiceTime clock)
{
    public GrainReferences<IAppointmentGrain> Appointments => appointments;
    public AppointmentHouseholds Households => households;
    public ServiceTime Clock => clock;

    public Task<AppointmentResult> Take(string id, AppointmentCommand command, WriteHeaders headers, Caller caller, HttpContext context) =>
        Guid.TryParseExact(id, "N", out var guid)
            ? Take(guid, command, headers, caller, context)
            : Task.FromResult<AppointmentResult>(Problem.Of(CaseRejections.NotFound, context));

    public async Task<AppointmentResult> Take(Guid id, AppointmentCommand command, WriteHeaders headers, Caller caller, HttpContext context)
    {
        var actor = appointments.Of(id);
        var named = command with { Operation = headers.OperationOf(caller.Id, command) };
        // The write isn't cancelled when the caller disconnects, because the caller has asked for it.
        var answer = await ActorCalls.Call(token => actor.Submit(named, token), CancellationToken.None);
        return answer is { Rejection: null, Appointment: { } view }
            ? TypedResults.Ok(AppointmentJson.Of(view, await households.Of([view], CancellationToken.None), caller))
            : Problem.Of(answer.Rejection ?? CaseRejections.NotFound, context);
    }
}
