using GridActors.Contracts;
using GridActors.Grains.Appointments;
using GridActors.Grains.Areas;
using GridActors.Grains.Cases;
using GridActors.Grains.Consultations;
using GridActors.Grains.FieldTasks;
using GridActors.Grains.Households;
using GridActors.Grains.Leaves;
using GridActors.Grains.Live;
using GridActors.Grains.Places;
using GridActors.Grains.Reassignments;
using GridActors.Grains.Registrations;
using GridActors.Grains.Scores;
using GridActors.Grains.Staff;
using GridActors.Grains.Surveys;
using GridActors.Grains.WorkerDays;
using GridActors.Storage.Appointments;
using GridActors.Storage.Areas;
using GridActors.Storage.Cases;
using GridActors.Storage.Consultations;
using GridActors.Storage.FieldTasks;
using GridActors.Storage.Households;
using GridActors.Storage.Journal;
using GridActors.Storage.Leaves;
using GridActors.Storage.Meetings;
using GridActors.Storage.Outbox;
using GridActors.Storage.Packs;
using GridActors.Storage.Photos;
using GridActors.Storage.Places;
using GridActors.Storage.Reassignments;
using GridActors.Storage.Registrations;
using GridActors.Storage.Scores;
using GridActors.Storage.SubjectRequests;
using GridActors.Storage.Surveys;
using GridActors.Storage.Vault;
using GridActors.Storage.WorkerDays;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GridActors.Grains;

/// <summary>Registers what a process needs to run the actors, besides Orleans and the storage that every role needs.</summary>
public static class GrainServices
{
    public static IServiceCollection AddGrains(this IServiceCollection services)
    {
        services.AddOptions<JournalOptions>().BindConfiguration("Journal", Strictly).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AreaOptions>().BindConfiguration("Areas", Strictly).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(typeof(GrainReferences<>));
        services.AddSingleton<JournalInstruments>();
        services.AddSingleton<CaseRelays>().AddSingleton<IReadTable>(s => s.GetRequiredService<CaseRelays>());
        services.TryAddSingleton<ClockOutages>();
        services.AddSingleton<LinkRelays>().AddSingleton<IReadTable>(s => s.GetRequiredService<LinkRelays>());
        services.AddSingleton<ClockMoments>().AddSingleton<IReadTable>(s => s.GetRequiredService<ClockMoments>());
        services.AddSingleton<IReadTable, CaseTable>().AddSingleton<IReadTable, PhotoUse>().AddSingleton<IReadTable, SupervisionTable>();
        services.AddSingleton<IReadTable, OutboxTable>().AddSingleton<IReadTable, MediationTable>();
        services.AddSingleton<IReadTable, ConsultationTable>().AddSingleton<ConsultationContexts>();
        services.TryAddSingleton<ConsultationQueries>();
        services.AddSingleton<IReadTable, SubjectKeyTable>();
        services.AddSingleton<IReadTable, LedgerTable>().AddSingleton<IReadTable, MeetingTable>();
        services.TryAddSingleton<MeetingQueries>();
        services.AddSingleton<IReadTable, HouseholdTable>().AddSingleton<IReadTable, HouseholdCaseTable>().AddSingleton<HouseholdEntries>();
        services.AddSingleton<IReadTable, SurveyTable>().AddSingleton<IReadTable, RegistrationTable>();
        services.AddSingleton<IReadTable, AppointmentTable>();
        services.AddSingleton<IReadTable, FieldTaskTable>();
        services.AddSingleton<TaskFeed>().AddHostedService(s => s.GetRequiredService<TaskFeed>());
        services.AddSingleton<IReadTable, PlaceTable>().AddSingleton<IReadTable, StayTable>();
        services.AddSingleton<PlaceEntries>().AddSingleton<PlaceContexts>();
        services.AddSingleton<HouseholdContexts>().AddSingleton<HouseholdDuties>();
        services.AddSingleton<IReadTable, ReassignmentTable>().AddSingleton<IReadTable, SubjectRequestTable>();
        services.AddSingleton<IReadTable, WorkerDayTable>().AddSingleton<WorkerDayCalls>().AddSingleton<TrackRetention>();
        services.AddSingleton<IReadTable, ScoreTable>().AddSingleton<ScorePeriods>().AddSingleton<ScoreSettling>();
        services.AddSingleton<JournalWriter>().AddHostedService(s => s.GetRequiredService<JournalWriter>());
        services.AddSingleton<JournalReader>().AddHostedService(s => s.GetRequiredService<JournalReader>());
        services.AddSingleton<AreaReader>().AddHostedService(s => s.GetRequiredService<AreaReader>());
        services.AddSingleton<HouseholdFeed>().AddHostedService(s => s.GetRequiredService<HouseholdFeed>());
        services.AddSingleton<AreaQueries>().AddSingleton<TallyReader>();
        services.AddSingleton<PackChanges>().AddSingleton<LeaveChanges>().AddSingleton<RoutedCases>().AddSingleton<OpenCases>();
        services.AddSingleton<RegisterNumbers>().AddSingleton<DecisionContexts>();
        services.AddSingleton<ChangeFeed>().AddHostedService(s => s.GetRequiredService<ChangeFeed>());
        // After what it reads with, and before Orleans.
        services.AddHostedService<WarmUp>();
        return services;
    }

    /// <summary>
    /// Registers services that call actors by themselves. They are registered after Orleans, so that they stop before it.
    /// </summary>
    public static IServiceCollection AddGrainClocks(this IServiceCollection services) =>
        services
            .AddHostedService<ReconcilerPoker>()
            .AddHostedService<ReofferSweep>()
            .AddHostedService<LeaveSweep>()
            .AddHostedService<StaffSweep>()
            .AddSingleton<RetentionSweep>()
            .AddHostedService(s => s.GetRequiredService<RetentionSweep>())
            .AddHostedService<SurveySweep>()
            .AddHostedService<ReassignmentSweep>()
            .AddSingleton<RegistrationSweep>()
            .AddHostedService(s => s.GetRequiredService<RegistrationSweep>())
            .AddSingleton<AppointmentSweep>()
            .AddHostedService(s => s.GetRequiredService<AppointmentSweep>())
            .AddHostedService<WorkerDaySweep>()
            .AddHostedService<ScoreSweep>()
            .AddSingleton<TrackSweep>()
            .AddHostedService(s => s.GetRequiredService<TrackSweep>())
            .AddHostedService<ClockSweep>()
            .AddHostedService<RelaySweep>();

    /// <summary>A misspelt setting is an error instead of being ignored.</summary>
    static void Strictly(BinderOptions options) => options.ErrorOnUnknownConfiguration = true;
}
