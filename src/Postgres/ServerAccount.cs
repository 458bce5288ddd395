using System.Globalization;

namespace GridActors.Postgres;

/// <summary>
/// The account that the server's programs run as. PostgreSQL refuses to run as root, so a host that is root runs them as another account.
/// </summary>
sealed class ServerAccount
{
    readonly string[] _become;
    readonly string? _owner;

    ServerAccount(string name, string[] become, string? owner) => (Name, _become, _owner) = (name, become, owner);

    public string Name { get; }

    /// <summary>
    /// The host's own account. For a host that is root: the owner of the cluster, or else <c>postgres</c>, or else <c>nobody</c>.
    /// </summary>
    public static async Task<ServerAccount> For(string clusterFolder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(Environment.UserName, [], owner: null);

        var (name, user, group) =
            await Owner(clusterFolder, cancellationToken)
            ?? Account("postgres")
            ?? Account("nobody")
            ?? throw new ServerException(
                "PostgreSQL refuses to run as root and this machine has neither a user postgres nor nobody: "
                    + "make one with useradd --system postgres."
            );
        string[] become =
            ServerCommand.Find("setpriv") is { } setpriv ? [setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups"]
            : ServerCommand.Find("runuser") is { } runuser ? [runuser, "-u", name, "--"]
            : throw new ServerException(
                "PostgreSQL refuses to run as root and neither setpriv nor runuser is there to leave it: install util-linux."
            );
        var became = await ServerCommand.Run([.. become, "/bin/sh", "-c", ":"], cancellationToken);
        if (!became.Succeeded)
            throw new ServerException(
                $"PostgreSQL refuses to run as root and this root may not become the user {name} ({became.Output}): "
                    + "run as an ordinary user, or allow it the capability setuid."
            );
        return new ServerAccount(name, become, $"{user}:{group}");
    }

    public IReadOnlyList<string> Command(params IEnumerable<string> arguments) => [.. _become, .. arguments];

    /// <summary>Creates a folder that belongs to the account and that nobody else may read.</summary>
    public async Task MakeFolder(string folder, CancellationToken cancellationToken)
    {
        ServerFiles.MakePrivateFolder(folder);
        await HandOver(folder, cancellationToken);
    }

    public async Task HandOver(string path, CancellationToken cancellationToken)
    {
        if (_owner is null)
            return;
        // -h: if somebody put a link there, the file it points to keeps its owner.
        var done = await ServerCommand.Run(["/bin/sh", "-c", "exec chown -h \"$0\" \"$1\"", _owner, path], cancellationToken);
        if (!done.Succeeded)
            throw new ServerException(
                $"{path} could not be given to the user {Name} ({done.Output}): choose a folder on a local disk with --data."
            );
    }

    /// <summary>The folder's path with its links resolved, or null when the account can't enter it.</summary>
    public async Task<string?> Enter(string folder, CancellationToken cancellationToken)
    {
        var entered = await ServerCommand.Run(Command("/bin/sh", "-c", "cd -- \"$0\" && pwd -P", folder), cancellationToken);
        return entered.Succeeded ? entered.Output : null;
    }

    /// <summary>True for a folder that belongs to the account; false for a link to one.</summary>
    public async Task<bool> Owns(string folder, CancellationToken cancellationToken) =>
        (
            await ServerCommand.Run(
                Command("/bin/sh", "-c", "test -d \"$0\" && test ! -L \"$0\" && test -O \"$0\"", folder),
                cancellationToken
            )
        ).Succeeded;

    static async Task<(string Name, uint User, uint Group)?> Owner(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return null;
        var answer = await ServerCommand.Run(["/bin/sh", "-c", "exec stat -c '%U %u %g' -- \"$0\"", folder], cancellationToken);
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
