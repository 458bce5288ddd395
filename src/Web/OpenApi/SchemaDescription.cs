using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.Households;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.Places;
using GridActors.Contracts.Registrations;
using GridActors.Contracts.Scores;
using GridActors.Contracts.Surveys;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Domain.Scores;
using GridActors.Domain.Staff;
using GridActors.Storage.Cases;
using GridActors.Storage.Consultations;
using GridActors.Storage.Households.Import;
using GridActors.Storage.Outbox;
using GridActors.Web.Administration;
using GridActors.Web.Appointments;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Consultations;
using GridActors.Web.FieldTasks;
using GridActors.Web.Households;
using GridActors.Web.Households.Import;
using GridActors.Web.Leaves;
using GridActors.Web.Photos;
using GridActors.Web.Places;
using GridActors.Web.Problems;
using GridActors.Web.Registrations;
using GridActors.Web.Scores;
using GridActors.Web.Staff;
using GridActors.Web.Surveys;
using GridActors.Web.Webhooks;
using GridActors.Web.WorkerDays;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NetTopologySuite.Geometries;

namespace GridActors.Web.OpenApi;

/// <summary>
/// Adds to the document's schemas what the C# types don't show: the values of names, what is always there, and what a problem holds.
/// </summary>
sealed class SchemaDescription : IOpenApiSchemaTransformer
{
    static readonly string[] AppealOutcomes = ["granted", "partly-granted", "refused"];
    static IReadOnlyList<string> PlaceKinds => [.. Enum.GetValues<PlaceKind>().Select(PlaceNames.Of)];

    /// <summary>The values that the members of a name take, in every answer or in those of one type.</summary>
    static readonly Dictionary<string, IReadOnlyList<string>> Values = new()
    {
        ["step"] = [.. Enum.GetValues<CaseStep>().Select(ApiNames.Of)],
        ["status"] = [.. Enum.GetValues<CaseStatus>().Select(ApiNames.Of)],
        ["state"] = [.. Enum.GetValues<ExportState>().Select(ApiNames.Of)],
        ["outcome"] = [.. Enum.GetValues<CaseOutcome>().Select(ApiNames.Of).OfType<string>()],
        ["role"] = [.. Enum.GetValues<InboxRole>().Where(r => r != InboxRole.Gone).Select(ApiNames.Of)],
        [$"{nameof(ClockJson)}.name"] = [.. Enum.GetValues<ClockName>().Select(ApiNames.Of)],
        [$"{nameof(ClockJson)}.state"] = [.. Enum.GetValues<ClockState>().Select(ApiNames.Of)],
        [$"{nameof(CaseHoldJson)}.state"] = [.. Enum.GetValues<HoldKind>().Select(ApiNames.Of)],
        [$"{nameof(TimeShareJson)}.state"] = [.. Enum.GetValues<HoldKind>().Select(ApiNames.Of)],
        [$"{nameof(ProvenClockJson)}.name"] = [.. Enum.GetValues<ClockName>().Select(ApiNames.Of)],
        [$"{nameof(ProvenClockJson)}.state"] = [.. Enum.GetValues<ClockState>().Select(ApiNames.Of)],
        [$"{nameof(ProvenDayJson)}.use"] = [.. Enum.GetValues<DayUse>().Select(ApiNames.Of)],
        [$"{nameof(ProvenDayJson)}.kind"] = [.. Enum.GetValues<DayKind>().Select(ApiNames.Of)],
        [$"{nameof(SupervisedCaseJson)}.state"] = [.. Enum.GetValues<SupervisionState>().Select(ApiNames.Of)],
        [$"{nameof(ForwardJson)}.state"] = [.. Enum.GetValues<ForwardState>().Select(ApiNames.Of)],
        [$"{nameof(OutboxMessageJson)}.state"] = [.. Enum.GetValues<MessageState>().Select(ApiNames.Of)],
        [$"{nameof(ConsultationJson)}.state"] = [.. Enum.GetValues<ConsultationStatus>().Select(ApiNames.Of)],
        [$"{nameof(ConsultationJson)}.actions"] = [.. ApiNames.Of(ConsultationActions.GiveOpinion | ConsultationActions.Decide)],
        [$"{nameof(ListedConsultationJson)}.state"] = [.. Enum.GetValues<ConsultationStatus>().Select(ApiNames.Of)],
        [$"{nameof(LeaveJson)}.state"] = [.. Enum.GetValues<LeaveState>().Select(ApiNames.Of)],
        [$"{nameof(StaffChangeJson)}.state"] = [.. Enum.GetValues<StaffChangeState>().Select(ApiNames.Of)],
        [$"{nameof(StaffChangeJson)}.kind"] = [.. Enum.GetValues<StaffChangeKind>().Select(ApiNames.Of)],
        [$"{nameof(NewStaffChangeRequest)}.kind"] = [.. Enum.GetValues<StaffChangeKind>().Select(ApiNames.Of)],
        [$"{nameof(HouseholdItemJson)}.state"] = [.. Enum.GetValues<HouseholdStatus>().Select(HouseholdNames.Of)],
        [$"{nameof(HouseholdJson)}.state"] = [.. Enum.GetValues<HouseholdStatus>().Select(HouseholdNames.Of)],
        [$"{nameof(HouseholdJson)}.actions"] = ["edit", "reveal", "erase"],
        [$"{nameof(ResidentJson)}.state"] = [.. Enum.GetValues<ResidentStatus>().Select(HouseholdNames.Of)],
        [$"{nameof(FoundResidentJson)}.state"] = [.. Enum.GetValues<ResidentStatus>().Select(HouseholdNames.Of)],
        [$"{nameof(HouseholdStepJson)}.step"] =
        [
            "created",
            "corrected",
            "confirmed",
            "visited",
            "moved",
            "resident-added",
            "resident-corrected",
            "head-changed",
            "moved-out",
            "died",
            "merged",
            "split",
            "residents-moved",
            "residents-received",
            "erased",
            "certificate-raised",
            "unknown",
        ],
        [$"{nameof(PlaceItemJson)}.kind"] = PlaceKinds,
        [$"{nameof(PlaceItemJson)}.state"] = ["in-use", "gone"],
        [$"{nameof(PlaceDetailsJson)}.kind"] = PlaceKinds,
        [$"{nameof(PlaceDetailsJson)}.state"] = ["in-use", "gone"],
        [$"{nameof(PlaceDetailsJson)}.actions"] = ["edit", "reveal"],
        [$"{nameof(PlaceOnPathJson)}.kind"] = PlaceKinds,
        [$"{nameof(PlaceRequest)}.kind"] = PlaceKinds,
        [$"{nameof(PlaceStepJson)}.step"] = ["created", "corrected", "moved", "closed", "reopened", "visited", "unknown"],
        [$"{nameof(HouseholdImportJson)}.state"] = [.. Enum.GetValues<ImportState>().Select(HouseholdImportJson.NameOf)],
        [$"{nameof(ImportRowJson)}.state"] = [.. Enum.GetValues<RowState>().Select(ImportRowJson.NameOf)],
        [$"{nameof(RegistrationItemJson)}.state"] = [.. Enum.GetValues<RegistrationStatus>().Select(RegistrationNames.Of)],
        [$"{nameof(RegistrationJson)}.state"] = [.. Enum.GetValues<RegistrationStatus>().Select(RegistrationNames.Of)],
        [$"{nameof(ApplicationStateJson)}.state"] = [.. Enum.GetValues<RegistrationStatus>().Select(RegistrationNames.Of)],
        [$"{nameof(ApplyingResidentJson)}.state"] = [.. Enum.GetValues<RowState>().Select(ImportRowJson.NameOf)],
        [$"{nameof(FieldTaskItemJson)}.state"] = FieldTaskNames.States,
        [$"{nameof(FieldTaskItemJson)}.kind"] = FieldTaskNames.AllKinds,
        [$"{nameof(FieldTaskJson)}.state"] = FieldTaskNames.States,
        [$"{nameof(FieldTaskJson)}.actions"] = ["manage", "return"],
        [$"{nameof(TaskDefinitionJson)}.kind"] = FieldTaskNames.AllKinds,
        [$"{nameof(TaskDefinitionJson)}.proof"] = FieldTaskNames.AllProofs,
        [$"{nameof(TargetJson)}.state"] = FieldTaskNames.AllTargetStates,
        [$"{nameof(TaskPreviewJson)}.basis"] = ["sender", "similar", "checklist"],
        [$"{nameof(ScheduleRuleJson)}.days"] = FieldTaskNames.AllDays,
        [$"{nameof(ScheduleRuleJson)}.missed"] = FieldTaskNames.AllMissed,
        [$"{nameof(TaskScheduleJson)}.state"] = FieldTaskNames.AllScheduleStates,
        [$"{nameof(TaskScheduleJson)}.actions"] = ["manage"],
        [$"{nameof(SurveyItemJson)}.state"] = [.. Enum.GetValues<SurveyStatus>().Select(SurveyNames.Of)],
        [$"{nameof(SurveyItemJson)}.subject"] = [.. Enum.GetValues<SurveySubject>().Select(SurveyNames.Of)],
        [$"{nameof(SurveyJson)}.state"] = [.. Enum.GetValues<SurveyStatus>().Select(SurveyNames.Of)],
        [$"{nameof(SurveyJson)}.actions"] = ["manage", "export"],
        [$"{nameof(SurveyDefinitionJson)}.subject"] = [.. Enum.GetValues<SurveySubject>().Select(SurveyNames.Of)],
        [$"{nameof(SurveyQuestionJson)}.type"] = [.. Enum.GetValues<QuestionType>().Select(SurveyNames.Of)],
        [$"{nameof(SurveyTargetJson)}.state"] = ["open", "answered", "refused"],
        [$"{nameof(SheetJson)}.state"] = ["open", "answered", "refused"],
        [$"{nameof(InvitedSurveyJson)}.state"] = ["open", "answered", "closed"],
        [$"{nameof(SheetStepJson)}.step"] = ["answered", "corrected", "refused"],
        [$"{nameof(AppointmentJson)}.state"] = [.. Enum.GetValues<AppointmentStatus>().Select(AppointmentNames.Of)],
        [$"{nameof(AppointmentJson)}.actions"] = ["agree", "move", "done", "missed", "cancel", "service"],
        [$"{nameof(AppointmentHouseholdJson)}.stage"] = [.. Enum.GetValues<ServiceStage>().Select(AppointmentNames.Of)],
        [$"{nameof(AdvanceServiceRequest)}.stage"] = ["collected", "checked", "delivered", "dropped"],
        [$"{nameof(ItemAnswerJson)}.outcome"] = [ItemAnswerJson.Taken, ItemAnswerJson.Repeated, ItemAnswerJson.WasRefused],
        [$"{nameof(ItemAnswerJson)}.flags"] = [.. WorkerDayNames.Flags.Keys],
        [$"{nameof(WorkerDayJson)}.state"] = [.. Enum.GetValues<DutyState>().Select(WorkerDayNames.Of)],
        [$"{nameof(OnDutyJson)}.state"] = [.. Enum.GetValues<DutyState>().Select(WorkerDayNames.Of)],
        [$"{nameof(FieldRecordJson)}.kind"] = [.. Enum.GetValues<FieldRecordKind>().Select(WorkerDayNames.Of)],
        [$"{nameof(ScoreAppealJson)}.state"] = [.. Enum.GetValues<AppealStatus>().Select(AppealNames.Of)],
        [$"{nameof(AppealItemJson)}.state"] = [.. Enum.GetValues<AppealStatus>().Select(AppealNames.Of)],
        [$"{nameof(AppealDecisionJson)}.outcome"] = AppealOutcomes,
        [$"{nameof(DecideAppealRequest)}.outcome"] = AppealOutcomes,
        [$"{nameof(ScoreItemJson)}.measure"] = [.. ScoreNames.Measures.Keys.Order(StringComparer.Ordinal)],
        [$"{nameof(ScoreEvidenceJson)}.kind"] = ["day", "record", "household", "case", "task"],
        [$"{nameof(FlagItemJson)}.kind"] = [.. Enum.GetValues<FieldRecordKind>().Select(WorkerDayNames.Of)],
        [$"{nameof(FlagJson)}.flag"] = [.. WorkerDayNames.Flags.Keys],
        ["clock"] = [.. Enum.GetValues<ClockName>().Select(ApiNames.Of)],
        ["actions"] = [.. ApiNames.Of(~CaseSteps.Reported)],
        ["may"] = [.. Enum.GetValues<Permission>().Select(ApiNames.Of)],
    };

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(ProblemDetails))
            DescribeProblem(schema);
        else if (type == typeof(Geometry))
            DescribeGeometry(schema);
        else if (context.JsonPropertyInfo is { } member)
            DescribeMember(schema, member);
        else if (IsOurs(type))
            DescribeRequired(schema, type);
        return Task.CompletedTask;
    }

    static void DescribeProblem(OpenApiSchema schema)
    {
        static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        static OpenApiSchema Number(string description) =>
            new()
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Description = description,
            };

        var codes = string.Join(", ", Problem.Codes.Order().Select(c => $"`{c}`"));

        schema.Description = "A refusal or failure (RFC 9457).";
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A URN made of the code."),
            ["title"] = Text("What the code means, in English."),
            ["status"] = Number("The HTTP status."),
            ["detail"] = Text("A sentence for people, in the language of `Accept-Language`."),
            ["code"] = Text($"The stable code: one of {codes}. More may be added."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "With `invalid-request`: what is wrong, by field or header.",
            },
            ["claimant"] = Text("With `already-claimed`: the id of the person who has the case."),
            ["claimantName"] = Text("With `already-claimed`: that person's name."),
            ["claimedAt"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "date-time",
                Description = "With `already-claimed`: since when that person has the case.",
            },
            ["caseStatus"] = Text("With `wrong-status` and `stale-version`: the status of the case now."),
            ["version"] = Number("With `already-claimed`, `wrong-status` and `stale-version`: the version of the case now."),
            ["reason"] = Text("With `pack-conflict` and `staff-conflict`: what keeps it from being published."),
            ["retryAfter"] = Number("With `locked`: seconds to wait."),
        };
        schema.Required = new HashSet<string> { "type", "title", "status", "detail", "code" };
    }

    static void DescribeGeometry(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Object;
        schema.Description = "A GeoJSON Polygon or MultiPolygon in WGS 84, longitude first.";
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["Polygon", "MultiPolygon"] },
            ["coordinates"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema() },
        };
        schema.Required = new HashSet<string> { "type", "coordinates" };
    }

    static void DescribeMember(OpenApiSchema schema, JsonPropertyInfo property)
    {
        var (member, of) = (property.Name, property.DeclaringType);
        // Nullable in C# so that a request that lacks one gets a field error; null is never right.
        if (of == typeof(PositionJson) || IsRequired(property.AttributeProvider))
            schema.Type &= ~JsonSchemaType.Null;
        if (of == typeof(PhotoJson) && member == "takenAt")
        {
            // A camera knows its local time and no offset from UTC.
            schema.Format = null;
            schema.Description = "When the camera says the photo was taken: a local time without an offset.";
        }
        if (!IsOurs(of) || IsOfNoCase(of))
            return;
        if ((Values.GetValueOrDefault($"{of.Name}.{member}") ?? Values.GetValueOrDefault(member)) is not { } values)
            return;
        var value = schema.Items as OpenApiSchema ?? schema;
        value.Enum = [.. values.Select(v => (JsonNode)v)];
        if (value.Type?.HasFlag(JsonSchemaType.Null) is true)
            value.Enum.Add(JsonNullSentinel.JsonNull);
    }

    /// <summary>An answer has all its members, a request those that are marked.</summary>
    static void DescribeRequired(OpenApiSchema schema, Type type) =>
        schema.Required = type.Name.EndsWith("Request", StringComparison.Ordinal)
            ? type.GetProperties().Where(IsRequired).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).ToHashSet()
            : schema.Properties?.Keys.ToHashSet();

    static bool IsRequired(ICustomAttributeProvider? member) => member?.IsDefined(typeof(RequiredAttribute), inherit: true) is true;

    /// <summary>Their status is that of a process, and their outcome that of a call, not of a case.</summary>
    static bool IsOfNoCase(Type type) => type == typeof(LivenessJson) || type == typeof(ReadinessJson) || type == typeof(AccessJson);

    static bool IsOurs(Type type) => type.Namespace?.StartsWith(nameof(GridActors), StringComparison.Ordinal) is true;
}
