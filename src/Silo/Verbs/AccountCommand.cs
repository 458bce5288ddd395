using System.CommandLine;
using GridActors.Contracts.People;
using GridActors.Postgres;
using GridActors.Silo.Hosting;
using GridActors.Storage;
using GridActors.Storage.Access;
using GridActors.Storage.Accounts;
using GridActors.Storage.Database;
using GridActors.Storage.Packs;
using GridActors.Web.Sessions;
using Npgsql;
using Spectre.Console;

namespace GridActors.Silo.Verbs;

/// <summary>
/// <c>account set</c> gives a person of a pack a password of their own; the first administrator gets theirs this way.
/// <c>account reset-second-factor</c> lets somebody in who has lost their phone.
/// </summary>
static class AccountCommand
{
    sealed record Target(string Account, string? Data, string? Database);

    static readonly Argument<string> Account = new("account") { Description = "The person's id; pack/id where two packs have the same." };

    public static Command Create() => new("account", "Sign-in accounts.") { Set(), ResetSecondFactor() };

    static Command Set()
    {
        var (data, database) = (Options.Data(), Options.Database());
        var mustChange = new Option<bool>("--must-change") { Description = "The person chooses another one at the first sign-in." };
        var set = new Command("set", "Sets a password: from GRIDACTORS_PASSWORD, else asked for. Every session of the person ends.")
        {
            Account,
            data,
            database,
            mustChange,
        };
        set.SetAction(
            (result, cancellationToken) =>
                Set(
                    new(result.GetRequiredValue(Account), result.GetValue(data), result.GetValue(database)),
                    result.GetValue(mustChange),
                    cancellationToken
                )
        );
        return set;
    }

    static Command ResetSecondFactor()
    {
        var (data, database) = (Options.Data(), Options.Database());
        var reset = new Command(
            "reset-second-factor",
            "Removes a person's second factor: they sign in with the password alone, and set up a new one where a post asks for it."
        )
        {
            Account,
            data,
            database,
        };
        reset.SetAction(
            (result, cancellationToken) =>
                Change(
                    new(result.GetRequiredValue(Account), result.GetValue(data), result.GetValue(database)),
                    async (services, person) =>
                    {
                        var entry = new AccessEntry(AccessKind.SecondFactorReset, person, "", Subject: "command line");
                        await services.GetRequiredService<SecondFactors>().Reset(person, entry, cancellationToken);
                        Console.WriteLine($"{person} has no second factor now.");
                        return 0;
                    },
                    cancellationToken
                )
        );
        return reset;
    }

    static async Task<int> Set(Target target, bool mustChange, CancellationToken cancellationToken)
    {
        var password = Environment.GetEnvironmentVariable("GRIDACTORS_PASSWORD") ?? Ask();
        if (password is null)
            return Terminal.Fail("There is no terminal to ask for a password: set GRIDACTORS_PASSWORD.");
        return await Change(
            target,
            async (services, person) =>
            {
                var name = services.GetRequiredService<PackLoader>().Current.Person(person)!.Name;
                if (PasswordRules.Check(password, person, name) is { } weakness)
                    return Terminal.Fail($"The password {OwnAccountEndpoints.Describe(weakness).English}: choose another one.");
                var entry = new AccessEntry(AccessKind.PasswordReset, person, "", Subject: "command line");
                var change = new PasswordChange(person, password, entry) { MustChange = mustChange };
                await services.GetRequiredService<Accounts>().SetPassword(change, cancellationToken);
                Console.WriteLine($"{target.Account} can sign in with the new password.");
                return 0;
            },
            cancellationToken
        );
    }

    /// <summary>Opens the database, finds the person, and changes something about them.</summary>
    static async Task<int> Change(Target target, Func<IServiceProvider, PersonId, Task<int>> change, CancellationToken cancellationToken)
    {
        try
        {
            await using var where = await DatabaseSource.Open(target.Database, target.Data, cancellationToken, besideService: true);
            await using var services = new ServiceCollection()
                .AddLogging()
                .AddSingleton(TimeProvider.System)
                .AddSingleton(new AccountOptions())
                .AddStorage(where.ConnectionString)
                .BuildServiceProvider();
            await Migrations.Apply(services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
            await services.GetRequiredService<PackLoader>().Refresh(cancellationToken);
            var candidates = services.GetRequiredService<Accounts>().Candidates(target.Account);
            if (candidates.Count == 0)
                return Terminal.Fail(
                    $"No loaded pack has a person {target.Account}: start the service with the pack once, or check the id in people.csv."
                );
            if (candidates.Count > 1)
                return Terminal.Fail($"Several packs have a person {target.Account}: write one of {string.Join(", ", candidates)}.");
            return await change(services, candidates[0]);
        }
        catch (ServerException e)
        {
            return Terminal.Fail(e.Message);
        }
        catch (NpgsqlException e)
        {
            return Terminal.Fail(StartFailures.Explain(e, new() { ConnectionString = "" }).Message);
        }
    }

    static string? Ask() => Console.IsInputRedirected ? null : AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret(mask: null));
}
