using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Storage.Appointments;
using GridActors.Storage.Areas;
using GridActors.Storage.Database;
using GridActors.Storage.FieldTasks;
using GridActors.Storage.Households;
using GridActors.Storage.Households.Import;
using GridActors.Storage.Leaves;
using GridActors.Storage.Packs;
using GridActors.Storage.Photos;
using GridActors.Storage.Places;
using GridActors.Storage.Reassignments;
using GridActors.Storage.Registrations;
using GridActors.Storage.Scores;
using GridActors.Storage.Staff;
using GridActors.Storage.SubjectRequests;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using GridActors.Storage.WorkerDays;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace GridActors.Storage;

/// <summary>What every process needs of the database, whatever its role.</summary>
public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, string connectionString)
    {
        services.AddDatabase(connectionString);
        services.AddSingleton(s => new ServiceTime(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ServiceTimeStore>().AddHostedService(s => s.GetRequiredService<ServiceTimeStore>());
        services.AddSingleton<WriteHealth>();
        services.AddSingleton<PackStore>().AddSingleton<PackVersions>().AddSingleton<PackPublisher>().AddSingleton<LeaveStore>();
        services.AddSingleton<StaffChanges>().AddSingleton<OpenWorkQueries>();
        services.AddSingleton<PackLoader>().AddSingleton<IPacks>(s => s.GetRequiredService<PackLoader>());
        services.AddSingleton<Accounts.Accounts>().AddSingleton<Sessions>().AddSingleton<Devices>().AddSingleton<Kiosks>();
        services.AddSingleton<SignInLocks>().AddSingleton<PasswordTurns>().AddSingleton<SecondFactors>();
        services.AddDataProtection().SetApplicationName("GridActors");
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource>((o, source) => o.XmlRepository = new KeyRing(source));
        services.AddSingleton<AccessJournal>().AddHostedService(s => s.GetRequiredService<AccessJournal>());
        services.AddSingleton<AccessSweep>().AddHostedService(s => s.GetRequiredService<AccessSweep>());
        services.AddSingleton<AccessQueries>().AddSingleton<AccessChain>();
        services.AddSingleton<Journal.JournalTail>().AddSingleton<Cases.DuplicateQueries>();
        services
            .AddSingleton<HouseholdExports>()
            .AddSingleton<HouseholdImports>()
            .AddSingleton<ImportRows>()
            .AddSingleton<RegisteredHouseholds>();
        services
            .AddSingleton<HouseholdSealer>()
            .AddSingleton<HouseholdQueries>()
            .AddSingleton<DuplicateResidents>()
            .AddSingleton<HouseholdCountQueries>()
            .AddSingleton<DutyCountQueries>()
            .AddSingleton<TaskCountQueries>()
            .AddSingleton<Reveals>()
            .AddSingleton<HouseholdHistory>()
            .AddSingleton<ReassignmentQueries>()
            .AddSingleton<SubjectRequestQueries>()
            .AddSingleton<ResidentTraces>()
            .AddSingleton<FieldUse>()
            .AddSingleton<RetentionQueries>();
        services.AddSingleton<AppointmentSealer>().AddSingleton<AppointmentQueries>().AddSingleton<HouseholdVisitQueries>();
        services.AddSingleton<CaseRecordQueries>();
        services.AddSingleton<RegistrationSealer>().AddSingleton<RegistrationQueries>();
        services.AddSingleton<RegistrationDoors>().AddSingleton<PhoneConfirmations>();
        services.AddSingleton<FieldRecordWriter>().AddHostedService(s => s.GetRequiredService<FieldRecordWriter>());
        services.AddSingleton<FieldContextQueries>().AddHostedService(s => s.GetRequiredService<FieldContextQueries>());
        services
            .AddSingleton<WorkerDayQueries>()
            .AddSingleton<DayListQueries>()
            .AddSingleton<SignalQueries>()
            .AddSingleton<WordSealer>()
            .AddSingleton<WorkerDaySealer>();
        services
            .AddSingleton<ScoreQueries>()
            .AddSingleton<ScoreMonthQueries>()
            .AddSingleton<AreaRateQueries>()
            .AddSingleton<BurdenQueries>();
        services.AddSingleton<PhotoReplays>();
        services.TryAddSingleton<IPhotoEvidence, PhotoEvidenceQueries>();
        services
            .AddHostedService(s => s.GetRequiredService<HouseholdCountQueries>())
            .AddHostedService(s => s.GetRequiredService<DutyCountQueries>())
            .AddHostedService(s => s.GetRequiredService<TaskCountQueries>());
        services.AddSingleton<FieldTaskQueries>();
        services.AddSingleton<SheetSealer>().AddSingleton<SurveyQueries>().AddSingleton<SurveyInvitations>();
        services.AddSingleton<PlaceSealer>().AddSingleton<PlaceQueries>().AddSingleton<PlaceHistory>();
        services.AddSingleton<Vault.Vault>().AddSingleton<SubjectKeys>();
        services.AddHostedService<Notices>();
        return services;
    }
}
