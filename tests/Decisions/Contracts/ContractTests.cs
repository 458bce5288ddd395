using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using GridActors.Contracts.Cases;
using GridActors.Web.Problems;

namespace GridActors.Decisions.Tests.Contracts;

/// <summary>
/// Rules that no analyzer checks for the types that travel between processes (ORLEANS0010 asks for the aliases of grains and calls).
/// </summary>
public sealed class ContractTests
{
    static readonly Assembly ContractsAssembly = typeof(ICaseGrain).Assembly;
    static readonly HashSet<Type> PlainTypes =
    [
        typeof(string),
        typeof(decimal),
        typeof(Guid),
        typeof(DateTimeOffset),
        typeof(DateTime),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(TimeSpan),
        typeof(Uri),
    ];

    static IEnumerable<Type> Serialized => ContractsAssembly.GetTypes().Where(t => Has(t, "GenerateSerializerAttribute"));
    static IEnumerable<Type> Interfaces =>
        ContractsAssembly
            .GetTypes()
            .Where(t => t.IsInterface && (typeof(IGrain).IsAssignableFrom(t) || typeof(IGrainObserver).IsAssignableFrom(t)));

    [Fact]
    public void Every_wire_type_has_an_alias_and_is_immutable()
    {
        Assert.NotEmpty(Serialized);
        Assert.Equal([], Serialized.Where(t => AliasOf(t) is null || !Has(t, "ImmutableAttribute")).Select(t => t.Name));
        Assert.Equal([], Serialized.Where(t => t is { IsValueType: false, IsSealed: false, IsAbstract: false }).Select(t => t.Name));
    }

    [Fact]
    public void Members_of_wire_types_have_no_setter()
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var mutable = Serialized
            .SelectMany(t => t.GetProperties(Own | BindingFlags.NonPublic))
            .Where(p => p.Name != "EqualityContract" && IsSettable(p))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");
        Assert.Equal([], mutable);
        Assert.Equal([], Serialized.SelectMany(t => t.GetFields(Own)).Select(f => $"{f.DeclaringType!.Name}.{f.Name}"));
    }

    [Fact]
    public void Members_of_wire_types_are_of_immutable_types()
    {
        var wrong = Serialized
            .SelectMany(Stored)
            .Where(p => !IsImmutable(p.PropertyType))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}: {p.PropertyType}");

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Every_member_of_a_wire_type_has_an_id_of_its_own()
    {
        foreach (var type in Serialized)
        {
            var ids = Stored(type).Select(p => (p.Name, Id: Argument(p, "IdAttribute"))).ToList();
            Assert.Equal([], ids.Where(i => i.Id is null).Select(i => $"{type.Name}.{i.Name}"));
            Assert.Equal((type, ids.Count), (type, ids.Select(i => i.Id).Distinct().Count()));
        }
    }

    [Fact]
    public void Aliases_are_unique()
    {
        var types = Serialized.Concat(Interfaces).Select(t => AliasOf(t)!).ToList();
        Assert.Equal(types.Distinct().Order(), types.Order());
        Assert.All(types, a => Assert.StartsWith("gridactors.", a, StringComparison.Ordinal));
        foreach (var i in Interfaces)
            Assert.Equal(i.GetMethods().Length, i.GetMethods().Select(AliasOf).Distinct().Count());
    }

    [Fact]
    public void Grain_calls_take_and_return_wire_types_alone()
    {
        var types = Interfaces
            .SelectMany(i => i.GetMethods())
            .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
            .Select(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(Task<>) ? t.GetGenericArguments()[0] : t)
            .Where(t => t != typeof(Task) && t != typeof(CancellationToken) && !Interfaces.Contains(t));

        Assert.Equal([], types.Where(t => !IsImmutable(t)).Select(t => t.ToString()));
    }

    [Fact]
    public void Every_answered_grain_call_ends_with_an_optional_cancellation_token() =>
        Assert.Equal(
            [],
            Interfaces
                .Where(i => typeof(IGrain).IsAssignableFrom(i))
                .SelectMany(i => i.GetMethods())
                .Where(m => !Has(m, "OneWayAttribute"))
                .Where(m =>
                    m.GetParameters() is not [.., { ParameterType: var last, IsOptional: true }] || last != typeof(CancellationToken)
                )
                .Select(m => $"{m.DeclaringType!.Name}.{m.Name}")
        );

    [Fact]
    public void Every_rejection_has_a_status_and_a_sentence_in_both_languages() =>
        Assert.All(
            CaseRejections.All,
            code =>
            {
                Assert.InRange(Problem.StatusOf(code), 400, 503);
                Assert.NotEqual(Problem.Sentence(code, english: true), Problem.Sentence(code, english: false));
            }
        );

    [Fact]
    public void Stored_enum_numbers_stay_as_they_are()
    {
        Assert.Equal(
            [("Offered", 1), ("Claimed", 2), ("OnSite", 3), ("Resolved", 4), ("Explained", 5), ("Closed", 6), ("Merged", 7)],
            Enum.GetValues<CaseStatus>().Select(s => (s.ToString(), (int)s))
        );
        Assert.Equal([("None", 0), ("Resolved", 1), ("Explained", 2)], Enum.GetValues<CaseOutcome>().Select(s => (s.ToString(), (int)s)));
        Assert.Equal(
            [
                "Reported",
                "Claimed",
                "Released",
                "HandedOver",
                "OnSite",
                "Progressed",
                "Resolved",
                "Explained",
                "Transferred",
                "Commented",
                "Closed",
                "Reopened",
                "Reoffered",
                "Escalated",
                "SentBack",
                "Supervised",
                "SupervisionAnswered",
                "Returned",
                "Merged",
                "Linked",
                "Forwarded",
                "PauseAsked",
                "ExtensionAsked",
                "Paused",
                "Extended",
                "RequestRefused",
                "Resumed",
                "ConsultationCalled",
                "TaskFinished",
                "Tabled",
                "Recalled",
                "ClockWarned",
                "ClockBreached",
                "Lapsed",
                "DuplicateJoined",
                "MainStepped",
                "ForwardAnswered",
                "OpinionGiven",
                "ConsultationDecided",
                "MeetingDecided",
                "Replanned",
                "LinkAdded",
                "Unknown",
            ],
            Enum.GetValues<CaseStep>().Select(s => s.ToString())
        );
        foreach (var step in Enum.GetValues<CaseStep>().Where(s => s < CaseStep.ClockWarned))
            Assert.Equal((CaseSteps)(1 << (int)step), Enum.Parse<CaseSteps>(step.ToString()));
    }

    static IEnumerable<PropertyInfo> Stored(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.SetMethod is not null && p.GetIndexParameters().Length == 0);

    static bool IsSettable(PropertyInfo property) =>
        property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    static bool IsImmutable(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsPrimitive || type.IsEnum || PlainTypes.Contains(type))
            return true;
        if (type.IsGenericType && type.Namespace == typeof(ImmutableArray).Namespace)
            return type.GetGenericArguments().All(IsImmutable);
        return Has(type, "ImmutableAttribute") && type.Assembly == ContractsAssembly;
    }

    static bool Has(MemberInfo member, string attribute) => member.GetCustomAttributesData().Any(a => a.AttributeType.Name == attribute);

    static string? AliasOf(MemberInfo member) => (string?)Argument(member, "AliasAttribute");

    static object? Argument(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == attribute)?.ConstructorArguments[0].Value;
}
