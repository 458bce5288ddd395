using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts;
using GridActors.Storage.Accounts;
using GridActors.Storage.Areas;
using GridActors.Storage.Cases;
using GridActors.Storage.Consultations;
using GridActors.Storage.Coverage;
using GridActors.Storage.GridCards;
using GridActors.Storage.Inbox;
using GridActors.Storage.Meetings;
using GridActors.Storage.Photos;
using GridActors.Web.Administration;
using GridActors.Web.Appointments;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Catalogue;
using GridActors.Web.Consultations;
using GridActors.Web.Coverage;
using GridActors.Web.FieldTasks;
using GridActors.Web.GridCards;
using GridActors.Web.Households;
using GridActors.Web.Households.Export;
using GridActors.Web.Households.Forms;
using GridActors.Web.Households.Import;
using GridActors.Web.Inbox;
using GridActors.Web.Leaves;
using GridActors.Web.Live;
using GridActors.Web.Meetings;
using GridActors.Web.OpenApi;
using GridActors.Web.Perimeter;
using GridActors.Web.Photos;
using GridActors.Web.Places;
using GridActors.Web.Problems;
using GridActors.Web.Reassignments;
using GridActors.Web.Registrations;
using GridActors.Web.Rotas;
using GridActors.Web.Scores;
using GridActors.Web.Sessions;
using GridActors.Web.Staff;
using GridActors.Web.SubjectRequests;
using GridActors.Web.Surveys;
using GridActors.Web.Webhooks;
using GridActors.Web.WorkerDays;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Net.Http.Headers;
using NetTopologySuite.IO.Converters;

namespace GridActors.Web;

/// <summary>The public surface: what it needs, and what it maps.</summary>
public static class WebServices
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services
            .AddAuthentication(SessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        services.AddAuthorization(AdministrationEndpoints.AddPolicy);
        services.AddExceptionHandler<ProblemHandler>().AddProblemDetails();
        services.AddApiDocument();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.Converters.Add(new GeoJsonConverterFactory());
        });
        services
            .AddSignalR(o =>
            {
                o.MaximumReceiveMessageSize = 16 * 1024;
                o.AddFilter<HubProblems>();
                o.AddFilter<KioskCalls>();
            })
            .AddJsonProtocol(o =>
            {
                o.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
                o.PayloadSerializerOptions.Converters.Add(new FrameWriter(new(o.PayloadSerializerOptions)));
            });
        services.AddSingleton<WriteLimit>();
        services.AddWebhooks();
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes,
                ProblemMetadata.ContentType,
                "image/svg+xml",
                "application/manifest+json",
            ];
        });
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
        services.Replace(ServiceDescriptor.Singleton<IHubProtocol, LiveProtocol>());
        services.AddSingleton<AreaQueries>().AddSingleton<StatisticsQueries>().AddSingleton<ShapeQueries>();
        services.AddSingleton<SupervisionQueries>().AddSingleton<CaseQueries>().AddSingleton<InboxQueries>().AddSingleton<PhotoStore>();
        services.AddSingleton<PhoneKeys>().AddSingleton<PhotoUploads>().AddSingleton<PhotoReplays>();
        services.TryAddSingleton<ConsultationQueries>();
        services.TryAddSingleton<MeetingQueries>();
        services.AddSingleton<MeetingCalls>();
        services.TryAddSingleton(typeof(GrainReferences<>));
        services
            .AddSingleton<CaseStepHandler>()
            .AddSingleton<HouseholdStepHandler>()
            .AddSingleton<PlaceStepHandler>()
            .AddSingleton<CaseExport>()
            .AddSingleton<InboxPages>();
        services.AddSingleton<OutageSummaries>().AddSingleton<SurveyResults>();
        // The first that serves a pack is taken.
        services.AddSingleton<IPhoneCodes, WebhookPhoneCodes>().AddSingleton<IPhoneCodes, ShownPhoneCodes>();
        services.AddSingleton<AppointmentHouseholds>().AddSingleton<AppointmentCalls>();
        services.AddSingleton<PublicCalls>().AddSingleton<RegistrationDoorkeeper>().AddSingleton<InvitationDoorkeeper>();
        services.AddSingleton<CoverageQueries>();
        services.AddSingleton<HouseholdLabels>().AddSingleton<ScorePages>().AddSingleton<AppealSteps>();
        services.AddSingleton<CardPeople>().AddSingleton<CardStations>().AddSingleton<CardCodes>();
        services.AddSingleton<CardReader>().AddSingleton<ShownCards>();
        services.TryAddSingleton<ClockOutages>();
        services.AddSingleton<CaseExports>();
        services.AddSingleton<PackCheck>().AddSingleton<PackWarnings>();
        services.TryAddSingleton<RoutedCases>();
        services.TryAddSingleton<OpenCases>();
        services.AddSingleton<CaseExportRunner>().AddHostedService(s => s.GetRequiredService<CaseExportRunner>());
        services.AddSingleton<HouseholdExportRunner>().AddHostedService(s => s.GetRequiredService<HouseholdExportRunner>());
        services.AddSingleton<ImportRunner>().AddHostedService(s => s.GetRequiredService<ImportRunner>());
        services
            .AddSingleton<AreaMaps>()
            .AddSingleton<DwellingAreas>()
            .AddSingleton<Statistics>()
            .AddSingleton<HeldCases>()
            .AddSingleton<TimeUse>()
            .AddSingleton<Verification>();
        services.AddSingleton<AreaShapes>().AddSingleton<FieldIntake>().AddSingleton<WorkerDayPages>().AddSingleton<WorkerDayReads>();
        services.AddSingleton<DutyFeed>().AddHostedService(s => s.GetRequiredService<DutyFeed>());
        services.AddSingleton<DemoPeople>().AddSingleton<HubProblems>().AddSingleton<KioskCalls>();
        services
            .AddOptions<PhotoOptions>()
            .BindConfiguration("Photos", o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<PhotoSweep>().AddHostedService(s => s.GetRequiredService<PhotoSweep>());
        services.AddSingleton<SiloChanges>().AddSingleton<LiveRelay>().AddHostedService(s => s.GetRequiredService<LiveRelay>());
        return services;
    }

    public static void MapWeb(this WebApplication app)
    {
        app.UseHsts();
        // Writes aren't compressed: their answer may hold a token, whose text the length of a compressed answer can betray (BREACH).
        app.UseWhen(c => HttpMethods.IsGet(c.Request.Method), reads => reads.UseResponseCompression());
        app.Use(SafeHeaders.Add);
        app.UseExceptionHandler();
        app.UseStatusCodePages(BareStatus.Answer);
        app.Use(SameOrigin.Check);
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<WriteLimit>().Check);
        app.Use(SmallBody.Read);

        app.Use(Utf8Json);
        app.Use(RepeatedReads.Repeat);

        app.MapOpenApi().AnswerHead();
        app.MapReferencePage();
        var api = app.MapGroup("").AnswerHead();
        api.MapSessions();
        api.MapOwnAccount();
        api.MapSecondFactor();
        api.MapOpenId();
        api.MapKioskSession();
        api.MapAreas();
        api.MapCatalogue();
        api.MapOfficeHours();
        api.MapAssignments();
        api.MapRotas();
        api.MapCases();
        api.MapCaseExports();
        api.MapSupervisions();
        api.MapForwardAnswers();
        api.MapOutbox();
        api.MapConsultations();
        api.MapLeaves();
        api.MapMeetings();
        api.MapHouseholds();
        api.MapHouseholdSteps();
        api.MapPlaces();
        api.MapPlaceSteps();
        api.MapPlaceReveals();
        api.MapReassignments();
        api.MapSubjectRequests();
        api.MapResidentSheets();
        api.MapDuplicateResidents();
        api.MapForms();
        api.MapHouseholdImports();
        api.MapHouseholdExport();
        api.MapHouseholdExports();
        api.MapReveals();
        api.MapSurveys();
        api.MapAppointments();
        api.MapField();
        api.MapWorkerDays();
        api.MapOversight();
        api.MapDayList();
        api.MapFieldTasks();
        api.MapTaskSchedules();
        api.MapVisitsAndHandOvers();
        api.MapRegistrations();
        api.MapPublicRegistrations();
        api.MapPublicSurveys();
        api.MapCoverage();
        api.MapScores();
        api.MapAppeals();
        api.MapAreaScores();
        api.MapBurden();
        api.MapGridCards();
        api.MapCardCodes();
        api.MapPublicCards();
        api.MapInbox();
        api.MapPhotos();
        api.MapAdministration();
        api.MapAccess();
        api.MapPeopleAccounts();
        api.MapKiosks();
        api.MapPackEditing();
        api.MapStaff();
        app.MapHub<LiveHub>(LiveHub.Path, o => o.CloseOnAuthenticationExpiration = false).OpenToKiosks();
    }

    /// <summary>
    /// JSON is UTF-8 (RFC 8259). The framework would look the charset up among the encodings of the machine, and fail where there is none
    /// of its name.
    /// </summary>
    static Task Utf8Json(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!request.HasJsonContentType() || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue)
            return next(context);
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (!charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("utf8", StringComparison.OrdinalIgnoreCase))
            return Problem.Of(Problem.NotJson, context).ExecuteAsync(context);
        request.ContentType = MediaTypeNames.Application.Json;
        return next(context);
    }
}
