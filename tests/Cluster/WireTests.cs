using System.Collections.Immutable;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Grains.Inbox;
using GridActors.Storage.Journal;
using GridActors.Web.Problems;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace GridActors.Cluster.Tests;

/// <summary>What travels between processes arrives as it was sent.</summary>
public sealed class WireTests(OneHost host) : IClassFixture<OneHost>
{
    static readonly Assembly[] Ours = [typeof(CaseView).Assembly, typeof(InboxSeen).Assembly, typeof(JournalEntry).Assembly];

    Serializer Serializer => host.Services.GetRequiredService<Serializer>();

    public static TheoryData<string> Types => [.. Travelling().Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_full_one_arrives_as_it_was_sent(string type) => AssertArrives(Filled(Travelling().Single(t => t.Name == type)));

    [Theory]
    [MemberData(nameof(Types))]
    public void One_without_what_is_optional_arrives_as_it_was_sent(string type) => AssertArrives(Filled(Travelling().Single(t => t.Name == type), sparse: true));

    [Fact]
    public void An_array_that_was_never_set_arrives_as_one_that_was_never_set()
    {
        var arrived = Serializer.Deserialize<AreaReport>(Serializer.SerializeToArray(new AreaReport(new("a/b"), default, default, default, default, false)))!;

        Assert.True(arrived.News.IsDefault);
    }

    [Fact]
    public void The_least_and_the_last_day_and_an_offset_arrive()
    {
        foreach (var day in new[] { DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2026, 2, 28) })
            Assert.Equal(day, Serializer.Deserialize<AreaReport>(Serializer.SerializeToArray(new AreaReport(new("a/b"), default, day, default, [], false)))!.Day);
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(8));
        var mark = Serializer.Deserialize<CaseNote>(Serializer.SerializeToArray(new CaseNote(0, 1, CaseOutcome.None, at, null, null!, false)))!;
        Assert.Equal((at, at.Offset), (mark.ReportedAt, mark.ReportedAt.Offset));
    }

    public static TheoryData<string> Failures => [.. Exceptions().Keys];

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_means_to_the_web_process_what_it_means_to_the_actors(string name)
    {
        var (sent, onRead, onWrite) = Exceptions()[name];

        var arrived = Serializer.Deserialize<Exception>(Serializer.SerializeToArray(sent))!;

        Assert.Equal(sent.GetType(), arrived.GetType());
        Assert.Equal((onRead, onWrite), (ProblemHandler.CodeOf(arrived, isWrite: false), ProblemHandler.CodeOf(arrived, isWrite: true)));
        Assert.Contains(sent.Message, arrived.ToString(), StringComparison.Ordinal); // The log must be able to write it.
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
            ["database refuses"] = (new PostgresException("the database system is shutting down", "FATAL", "FATAL", "57P03"), CaseRejections.Unavailable, CaseRejections.OutcomeUnknown),
            ["storage"] = (new OrleansException("storage", away), CaseRejections.Unavailable, CaseRejections.OutcomeUnknown),
            ["bug"] = (new InvalidOperationException("bug"), Problem.InternalError, Problem.InternalError),
        };
    }

    void AssertArrives(object sent)
    {
        var arrived = Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(sent))!;

        Assert.Equal(sent.GetType(), arrived.GetType());
        Assert.Equal(JsonSerializer.Serialize(sent), JsonSerializer.Serialize(arrived));
    }

    static IEnumerable<Type> Travelling() => Ours.SelectMany(a => a.GetTypes())
        .Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), false) && !t.IsAbstract && !typeof(Exception).IsAssignableFrom(t));

    /// <summary>One of a type with a value in every member that has an id: all of them, or only those that must have one.</summary>
    static object Filled(Type type, bool sparse = false)
    {
        var made = type.GetConstructor(Type.EmptyTypes) is { } constructor ? constructor.Invoke(null) : RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties().Where(p => p.IsDefined(typeof(IdAttribute)) && p.CanWrite))
        {
            var isOptional = !property.IsDefined(typeof(RequiredMemberAttribute)) && property.PropertyType.IsGenericType && Nullable.GetUnderlyingType(property.PropertyType) is not null;
            if (!(sparse && isOptional)) property.SetValue(made, Value(property.PropertyType, sparse));
        }
        return made;
    }

    static object Value(Type type, bool sparse)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "醴陵 – " + Guid.NewGuid();
        if (type == typeof(int)) return Random.Shared.Next();
        if (type == typeof(long)) return Random.Shared.NextInt64();
        if (type == typeof(bool)) return true;
        if (type == typeof(double)) return Random.Shared.NextDouble();
        if (type == typeof(Guid)) return Guid.NewGuid();
        if (type == typeof(DateOnly)) return new DateOnly(2026, 2, 28);
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(8));
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return Array(type.GetGenericArguments()[0], sparse);
        return Filled(type, sparse);
    }

    static object Array(Type element, bool sparse)
    {
        var values = System.Array.CreateInstance(element, sparse ? 0 : 2);
        for (var i = 0; i < values.Length; i++) values.SetValue(Value(element, sparse), i);
        return typeof(ImmutableArray).GetMethods().Single(m => m.Name == nameof(ImmutableArray.Create) && m.GetParameters() is [{ ParameterType.IsArray: true } only] && m.GetGenericArguments().Length == 1
                && only.ParameterType.GetElementType() == m.GetGenericArguments()[0])
            .MakeGenericMethod(element).Invoke(null, [values])!;
    }
}
