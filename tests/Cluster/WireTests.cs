using System.Net.Sockets;
using GridActors.Contracts.Cases;
using GridActors.Storage.Journal;
using GridActors.Web.Problems;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace GridActors.Cluster.Tests;

/// <summary>Exceptions keep their types when they travel between processes.</summary>
public sealed class WireTests
{
    public static TheoryData<string> Failures => [.. Exceptions().Keys];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_of_an_actor_has_the_same_problem_code_in_the_web_process(string name)
    {
        var serializer = (await TestService.Shared()).Services.GetRequiredService<Serializer>();
        var (sent, onRead, onWrite) = Exceptions()[name];

        var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray(sent))!;

        Assert.Equal(sent.GetType(), arrived.GetType());
        Assert.Equal((onRead, onWrite), (ProblemHandler.CodeOf(arrived, isWrite: false), ProblemHandler.CodeOf(arrived, isWrite: true)));
        Assert.Contains(sent.Message, arrived.ToString(), StringComparison.Ordinal); // The log prints it.
    }

    static Dictionary<string, (Exception Sent, string OnRead, string OnWrite)> Exceptions()
    {
        var away = new NpgsqlException("Connection refused", new SocketException((int)SocketError.ConnectionRefused));
        return new()
        {
            ["busy"] = (new JournalBusyException(), CaseRejections.Busy, CaseRejections.Busy),
            ["unavailable"] = (new JournalUnavailableException(false, away), CaseRejections.Unavailable, CaseRejections.Unavailable),
            ["unknown"] = (new JournalUnavailableException(true, away), CaseRejections.Unavailable, CaseRejections.OutcomeUnknown),
            ["database away"] = (away, CaseRejections.Unavailable, CaseRejections.OutcomeUnknown),
            ["database refuses"] = (
                new PostgresException("the database system is shutting down", "FATAL", "FATAL", "57P03"),
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown
            ),
            ["storage"] = (new OrleansException("storage", away), CaseRejections.Unavailable, CaseRejections.OutcomeUnknown),
            ["disk full"] = (
                new PostgresException("could not extend file", "ERROR", "ERROR", PostgresErrorCodes.DiskFull),
                CaseRejections.Unavailable,
                CaseRejections.Unavailable
            ),
            ["older silo"] = (
                new TypeLoadException("Unable to find a type for gridactors.Later."),
                CaseRejections.Unavailable,
                CaseRejections.Unavailable
            ),
            ["bug"] = (new InvalidOperationException("bug"), Problem.InternalError, Problem.InternalError),
        };
    }
}
