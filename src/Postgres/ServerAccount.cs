using System.Globalization;

namespace GridActors.Postgres;

/// <summary>Who the server's programs run as. PostgreSQL refuses to be root, so a host that is root becomes somebody else for it.</summary>
internal sealed class ServerAccount
{
    readonly string[] _become;
    readonly string? _owner;

    ServerAccount(string name, string[] become, string? owner) => (Name, _become, _owner) = (name, become, owner);

    internal string Name { get; }

    /// <summary>The host's own account; as root the owner of the cluster, or else <c>postgres</c>, or else <c>nobody</c>.</summary>
    internal static async Task<ServerAccount> ForAsync(string clusterFolder, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(Environment.UserName, [], owner: null);

        var (name, user, group) = await OwnerAsync(clusterFolder, cancellation) ?? Account("postgres") ?? Account("nobody")
            ?? throw new ServerException("PostgreSQL refuses to run as root and this machine has neither a user postgres nor nobody: make one with useradd --system postgres.");
        string[] become = ServerCommand.Find("setpriv") is { } setpriv
            ? [setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups"]
            : ServerCommand.Find("runuser") is { } runuser ? [runuser, "-u", name, "--"]
            : throw new ServerException("PostgreSQL refuses to run as root and neither setpriv nor runuser is there to leave it: install util-linux.");
        var became = await ServerCommand.RunAsync([.. become, "/bin/sh", "-c", ":"], cancellation);
        if (!became.Succeeded)
            throw new ServerException($"PostgreSQL refuses to run as root and this root may not become the user {name} ({became.Output}): run as an ordinary user, or allow it the capability setuid.");
        return new ServerAccount(name, become, $"{user}:{group}");
    }

    internal IReadOnlyList<string> Command(params IEnumerable<string> arguments) => [.. _become, .. arguments];

    /// <summary>Makes the folder the account's own, for nobody else to look into.</summary>
    internal async Task MakeFolderAsync(string folder, CancellationToken cancellation)
    {
        ServerFiles.MakePrivateFolder(folder);
        await HandOverAsync(folder, cancellation);
    }

    internal async Task HandOverAsync(string path, CancellationToken cancellation)
    {
        if (_owner is null)
            return;
        // -h: what somebody may have put there as a link stays theirs.
        var done = await ServerCommand.RunAsync(["/bin/sh", "-c", "exec chown -h \"$0\" \"$1\"", _owner, path], cancellation);
        if (!done.Succeeded)
            throw new ServerException($"{path} could not be given to the user {Name} ({done.Output}): choose a folder on a local disk with --data.");
    }

    /// <summary>The folder without links in its path, or null when the account can't get there.</summary>
    internal async Task<string?> EnterAsync(string folder, CancellationToken cancellation)
    {
        var entered = await ServerCommand.RunAsync(Command("/bin/sh", "-c", "cd -- \"$0\" && pwd -P", folder), cancellation);
        return entered.Succeeded ? entered.Output : null;
    }

    /// <summary>True for a folder, not a link to one, that belongs to the account.</summary>
    internal async Task<bool> OwnsAsync(string folder, CancellationToken cancellation) =>
        (await ServerCommand.RunAsync(Command("/bin/sh", "-c", "test -d \"$0\" && test ! -L \"$0\" && test -O \"$0\"", folder), cancellation)).Succeeded;

    static async Task<(string Name, uint User, uint Group)?> OwnerAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            return null;
        var answer = await ServerCommand.RunAsync(["/bin/sh", "-c", "exec stat -c '%U %u %g' -- \"$0\"", folder], cancellation);
        var parts = answer.Output.Split(' ');
        return answer.Succeeded && parts.Length == 3 && parts[1] != "0"
            ? (parts[0], uint.Parse(parts[1], CultureInfo.InvariantCulture), uint.Parse(parts[2], CultureInfo.InvariantCulture))
            : null;
    }

    static (string Name, uint User, uint Group)? Account(string name) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == name) is { Length: > 3 } fields
            ? (name, uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture))
            : null;
}
