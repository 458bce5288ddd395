using GridActors.Storage.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Microsoft.Security.AntiSSRF;
using Polly;

namespace GridActors.Web.Webhooks;

/// <summary>Registers what sends messages to other systems and to groups.</summary>
static class WebhookServices
{
    const int MaxResponseHeadersKilobytes = 16;

    /// <summary>So many attempts within the time fail before a system is left alone for a while.</summary>
    const int FailuresToBreak = 10;
    static readonly TimeSpan FailuresWithin = TimeSpan.FromMinutes(1);

    public static void AddWebhooks(this IServiceCollection services)
    {
        services
            .AddOptions<WebhookOptions>()
            .BindConfiguration(WebhookOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(s => new WebhookTargets(s.GetRequiredService<IOptions<WebhookOptions>>().Value));
        services.AddSingleton(s => new RobotTargets(s.GetRequiredService<IOptions<WebhookOptions>>().Value));
        services.AddSingleton<Outbox>().AddSingleton<Deliveries>();
        services.AddSingleton<WebhookClient>().AddHostedService<OutboxSender>();
        services.AddSingleton<RobotClient>().AddHostedService<RobotSender>();
        services
            .AddHttpClient(WebhookClient.Name, c => c.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(s => Handler(s.GetRequiredService<IOptions<WebhookOptions>>().Value))
            // They would write addresses, which may hold keys.
            .RemoveAllLoggers()
            .AddResilienceHandler(WebhookClient.Name, Configure)
            .SelectPipelineByAuthority();
    }

    /// <summary>Addresses of this machine and of private networks are refused, also those to which a name leads at that moment.</summary>
    static AntiSSRFHandler Handler(WebhookOptions options)
    {
        var policy = new AntiSSRFPolicy(PolicyConfigOptions.ExternalOnlyLatest)
        {
            AllowPlainTextHttp = options.AllowHttp,
            AddXFFHeader = false,
        };
        policy.AddAllowedAddresses(options.AllowedNetworks);
        var handler = policy.GetHandler();
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.MaxResponseHeadersLength = MaxResponseHeadersKilobytes;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        return handler;
    }

    /// <summary>An attempt is one request: the schedule of the outbox repeats it.</summary>
    static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, ResilienceHandlerContext context)
    {
        var options = context.ServiceProvider.GetRequiredService<IOptions<WebhookOptions>>().Value;
        pipeline.AddCircuitBreaker(
            new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 1,
                MinimumThroughput = FailuresToBreak,
                SamplingDuration = FailuresWithin,
                BreakDuration = Deliveries.BreakDuration,
            }
        );
        pipeline.AddTimeout(options.Timeout);
    }
}
