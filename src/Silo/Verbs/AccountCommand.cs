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

/// <summary><c>account set</c>: gives a person of a pack a password of their own. The first administrator gets theirs this way.</summary>
static class AccountCommand
{
    public static Command Create()
    {
        var account = new Argument<string>("account") { Description = "The person's id; pack/id where two packs have the same." };
        var (data, database) = (Options.Data(), Options.Database());
        var mustChange = new Option<bool>("--must-change") { Description = "The person chooses another one at the first sign-in." };
        var set = new Command("set", "Sets a password: from GRIDACTORS_PASSWORD, else asked for. Every session of the person ends.")
        {
            account,
            data,
            database,
            mustChange,
        };
        set.SetAction(
            (result, cancellationToken) =>
                Set(
                    result.GetValue(account)!,
                    result.GetValue(data),
                    result.GetValue(database),
                    result.GetValue(mustChange),
                    cancellationToken
                )
        );
        return new Command("account", "Sign-in accounts.") { set };
    }

    static async Task<int> Set(string account, string? data, string? database, bool mustChange, CancellationToken cancellationToken)
    {
        var password = Environment.GetEnvironmentVariable("GRIDACTORS_PASSWORD") ?? Ask();
        if (password is null)
            return Terminal.Fail("There is no terminal to ask for a password: set GRIDACTORS_PASSWORD.");
        try
        {
            await using var where = await DatabaseSource.Open(database, data, cancellationToken, besideService: true);
            await using var services = new ServiceCollection()
                .AddLogging()
                .AddSingleton(TimeProvider.System)
                .AddSingleton(new AccountOptions())
                .AddStorage(where.ConnectionString)
                .BuildServiceProvider();
            await Migrations.Apply(services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
            await services.GetRequiredService<PackLoader>().Refresh(cancellationToken);
            var accounts = services.GetRequiredService<Accounts>();
            IReadOnlyList<PersonId> candidates = accounts.Candidates(account);
            if (candidates.Count == 0)
                return Terminal.Fail(
                    $"No loaded pack has a person {account}: start the service with the pack once, or check the id in its people.csv."
                );
            if (candidates.Count > 1)
                return Terminal.Fail($"Several packs have a person {account}: write one of {string.Join(", ", candidates)}.");
            var person = candidates[0];
            var name = services.GetRequiredService<PackLoader>().Current.Person(person)!.Name;
            if (PasswordRules.Check(password, person, name) is { } weakness)
                return Terminal.Fail($"The password {OwnAccountEndpoints.Describe(weakness).English}: choose another one.");
            var entry = new AccessEntry(AccessKind.PasswordReset, person, "", Subject: "command line");
            await accounts.SetPassword(new(person, password, entry) { MustChange = mustChange }, cancellationToken);
            Console.WriteLine($"{account} can sign in with the new password.");
            return 0;
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
