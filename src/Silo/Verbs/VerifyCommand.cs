using System.CommandLine;
using System.Net.Http.Headers;
using GridActors.Web.Administration;
using GridActors.Web.Sessions;

namespace GridActors.Silo.Verbs;

/// <summary><c>verify</c>: asks a running service to compare every board with SQL counts, and the read tables with the journal.</summary>
static class VerifyCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "The running service.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        url.Validators.Add(result =>
        {
            var isAddress = Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var address);
            if (!isAddress || address!.Scheme is not ("http" or "https"))
                result.AddError("--url must be an http or https address");
        });
        var accounts = new Option<string[]>("--account")
        {
            Description = "Somebody whose post administers; once for each pack. In a demo it is found.",
            AllowMultipleArgumentsPerToken = true,
        };
        var verify = new Command("verify", "Compares every board of a running service with the SQL count.") { url, accounts };
        verify.SetAction((result, cancellationToken) => Run(result.GetValue(url)!, result.GetValue(accounts) ?? [], cancellationToken));
        return verify;
    }

    static async Task<int> Run(string url, string[] accounts, CancellationToken cancellationToken)
    {
        // Without cookies: a sign-in that carried the one before it would look like another site's.
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = new(url),
            Timeout = TimeSpan.FromMinutes(5),
        };
        try
        {
            var password =
                Environment.GetEnvironmentVariable("GRIDACTORS_PASSWORD") ?? Environment.GetEnvironmentVariable("GRIDACTORS_DEMO_PASSWORD");
            var signIns =
                accounts.Length > 0
                    ? accounts
                        .Select(a => new SignInRequest(a, password, Code: Environment.GetEnvironmentVariable("GRIDACTORS_CODE")))
                        .ToList()
                    : (await http.GetFromJsonAsync<DemoJson>("/api/demo", cancellationToken))!
                        .People.Select(p => new SignInRequest($"{p.Pack}/{p.Account}", null, Demo: true))
                        .ToList();
            var verified = new HashSet<string>();
            var isSound = true;
            foreach (var signIn in signIns)
            {
                using var session = await http.PostAsJsonAsync("/api/session", signIn, cancellationToken);
                if (!session.IsSuccessStatusCode)
                    return Terminal.Fail(
                        $"{signIn.Account} can't sign in: set GRIDACTORS_PASSWORD to the account's password, and GRIDACTORS_CODE to what "
                            + "its authenticator app shows, if it has one."
                    );
                var signedIn = (await session.Content.ReadFromJsonAsync<SignedInJson>(cancellationToken))!;
                if (verified.Contains(signedIn.Me.Pack.Id))
                    continue;
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/admin/verify");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", signedIn.Token);
                using var answer = await http.SendAsync(request, cancellationToken);
                if (answer.StatusCode == System.Net.HttpStatusCode.Forbidden)
                    continue;
                answer.EnsureSuccessStatusCode();
                verified.Add(signedIn.Me.Pack.Id);
                isSound &= Print(signedIn.Me.Pack.Id, (await answer.Content.ReadFromJsonAsync<VerificationJson>(cancellationToken))!);
            }
            if (verified.Count == 0)
                return Terminal.Fail("Nobody who administers was found: name an account with --account.");
            return isSound ? 0 : 1;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or HttpRequestException { StatusCode: not null })
        {
            return Terminal.Fail($"What answers at {url} isn't a GridActors service of this version: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Terminal.Fail($"The service at {url} didn't answer within {http.Timeout.TotalMinutes:0} minutes.");
        }
        catch (HttpRequestException)
        {
            return Terminal.Fail($"No service answers at {url}: start it with ./gridactors up, or name another with --url.");
        }
    }

    static bool Print(string pack, VerificationJson result)
    {
        foreach (var d in result.Differences)
            Console.WriteLine($"{pack}: area {d.Area}: {d.Field} is {d.Board:N0} on the board, {d.Counted:N0} in the tables");
        foreach (var stream in result.Divergent)
            Console.WriteLine($"{pack}: {stream}: its row isn't the last of its events");
        if (result.Access.BrokenAt is { } position)
            Console.WriteLine($"{pack}: the access journal was changed: its chain of hashes is broken at entry {position}");
        var isSound = result.Differences.Count == 0 && result.Divergent.Count == 0 && result.Access.BrokenAt is null;
        Console.WriteLine(
            $"{pack}: {result.Areas:N0} boards compared, {result.Differences.Count:N0} differences; "
                + $"{result.Divergent.Count:N0} rows differ from the journal; "
                + $"{result.Access.Entries:N0} entries of the access journal, the last {result.Access.Last} with hash {result.Access.Hash}"
        );
        return isSound;
    }
}
