using System.Collections.Concurrent;
using System.Text;
using GridActors.Contracts;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Packs;
using GridActors.Domain.Surveys;
using GridActors.Grains.Cases;
using GridActors.Storage;
using GridActors.Storage.Surveys;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Surveys;

/// <summary>
/// Publishes the surveys that packs define, when a pack was loaded with a new one or a changed one. Every silo looks; what two of them
/// publish is one operation. It also forgets the codes of surveys that have ended.
/// </summary>
public sealed partial class SurveySweep(
    IPacks packs,
    GrainReferences<ISurveyGrain> surveys,
    SurveyInvitations invitations,
    TimeProvider clock,
    ILogger<SurveySweep> logger
) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ForgettingInterval = TimeSpan.FromHours(1);
    static readonly TimeSpan InvitationsKept = TimeSpan.FromDays(366);

    /// <summary>The digest with which each pack was last looked at.</summary>
    readonly ConcurrentDictionary<string, string> _seen = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            BackgroundLoop.Every(Interval, Run, LogFailed, clock, stoppingToken),
            BackgroundLoop.Every(ForgettingInterval, Forget, LogNotForgotten, clock, stoppingToken)
        );

    Task Forget(CancellationToken cancellationToken) => invitations.DeleteEnded(clock.GetUtcNow() - InvitationsKept, cancellationToken);

    /// <summary>The id of a survey of a pack: the same as long as the pack calls it so.</summary>
    public static Guid IdOf(string pack, string survey) => OperationIds.OfCreated(PersonId.Service(pack).Key, $"survey {survey}");

    async Task Run(CancellationToken cancellationToken)
    {
        foreach (var pack in packs.Current.Packs)
            if (_seen.GetValueOrDefault(pack.Pack.Id) != pack.Pack.Digest && await Publish(pack, cancellationToken))
                _seen[pack.Pack.Id] = pack.Pack.Digest;
    }

    /// <returns>Whether all of them were taken or refused for good.</returns>
    async Task<bool> Publish(LoadedPack loaded, CancellationToken cancellationToken)
    {
        var pack = loaded.Pack;
        var by = PersonId.Service(pack.Id);
        var isDone = true;
        foreach (var survey in pack.Surveys?.Surveys ?? [])
        {
            var definition = SurveyEventJson.Write(survey.Definition);
            var command = new ProclaimSurvey
            {
                Operation = OperationIds.Of(by.Key, $"survey {survey.Id} {definition}", Encoding.UTF8.GetBytes(definition)),
                By = by,
                Area = new AreaId(pack.Id, survey.Area ?? loaded.Root.Code),
                Definition = survey.Definition,
            };
            var rejection = (await surveys.Of(IdOf(pack.Id, survey.Id)).Submit(command, cancellationToken)).Rejection;
            if (CaseTelling.IsTemporary(rejection))
                isDone = false;
            else if (rejection is not null)
                LogRefused(survey.Id, pack.Id, rejection);
        }
        return isDone;
    }
}
