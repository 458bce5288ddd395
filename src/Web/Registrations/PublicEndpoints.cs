using System.Collections.Immutable;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using GridActors.Domain.Registrations;
using GridActors.Storage.Registrations;
using GridActors.Storage.Time;
using GridActors.Storage.Vault;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Registrations;

/// <summary>
/// The public door: residents register their own household by a printed code, without an account. Nothing here looks at a session, and
/// nothing says whether somebody is registered. Codes and secrets come in bodies, so that they stand in no log of addresses.
/// </summary>
static class PublicEndpoints
{
    const int MaxBody = 32 * 1024;

    /// <summary>What a resident is asked: no more than is needed to find the door and to keep nobody twice.</summary>
    static readonly ImmutableArray<string> ResidentFields =
    [
        StandardFields.Name,
        StandardFields.IdType,
        StandardFields.IdNumber,
        StandardFields.Sex,
        StandardFields.BirthDate,
        StandardFields.Phone,
    ];

    static readonly ImmutableArray<string> HouseholdFields = [StandardFields.Address, StandardFields.Door];

    public static void MapPublicRegistrations(this IEndpointRouteBuilder routes)
    {
        var door = routes
            .MapGroup("/api/public/registrations")
            .AllowAnonymous()
            .WithSmallBody(MaxBody)
            .WithTags("Registrations")
            .WithProblems(
                Problem.InvalidRequest,
                Problem.TooManyRequests,
                Problem.TooLarge,
                Problem.TooSlow,
                CaseRejections.NotFound,
                CaseRejections.Unavailable
            );
        door.MapPost("/form", Form)
            .WithName("openRegistration")
            .WithSummary("Get what a resident is asked who has scanned a code")
            .WithDescription("Needs no session. Says for what the data is asked, and the text that the resident agrees to.")
            .WithProblems(RegistrationRejections.Off);
        door.MapPost("/phone", Phone)
            .WithName("confirmPhone")
            .WithSummary("Have a code sent to a phone")
            .WithDescription("Good for five minutes and five attempts. A phone gets three within an hour. In a demo the code is answered.")
            .WithProblems(RegistrationRejections.Off, RegistrationRejections.TooManyCodes, RegistrationRejections.NotSent);
        door.MapPost("/", Apply)
            .WithName("applyForRegistration")
            .WithSummary("Apply to register a household")
            .WithDescription(
                "The worker of the grid decides. The answer is the same whoever is registered already. The same `secret` again is the same "
                    + "application."
            )
            .WithProblems(
                RegistrationRejections.Off,
                RegistrationRejections.WrongPhoneCode,
                RegistrationRejections.Waiting,
                HouseholdRejections.TwoHeads,
                HouseholdRejections.TooManyResidents,
                CaseRejections.Busy,
                CaseRejections.OutcomeUnknown
            );
        door.MapPost("/state", State)
            .WithName("getRegistrationState")
            .WithSummary("Get what has become of an application, by its secret")
            .WithProblems();
    }

    static async Task<Results<Ok<ApplicationFormJson>, ProblemHttpResult>> Form(
        OpenDoorRequest body,
        RegistrationDoorkeeper keeper,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (open, problem) = await keeper.Open(body.Code, context, cancellationToken);
        if (open is not { } o)
            return problem!;
        var (pack, households, rules) = (o.Pack, o.Households, o.Rules);
        return TypedResults.Ok(
            new ApplicationFormJson(
                pack.Pack.Name,
                pack.Pack.NameEn,
                o.Area.Name,
                rules.Purpose,
                rules.PurposeEn,
                rules.Consent,
                rules.ConsentEn,
                rules.ConsentVersion,
                rules.Retention.ToString(),
                o.Codes.IsShown,
                FieldsOf(households, SubjectKind.Household, HouseholdFields),
                FieldsOf(households, SubjectKind.Resident, ResidentFields),
                CodesOf(households)
            )
        );
    }

    static async Task<Results<Ok<PhoneCodeJson>, ProblemHttpResult>> Phone(
        PhoneCodeRequest body,
        RegistrationDoorkeeper keeper,
        PhoneConfirmations confirmations,
        Vault vault,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (open, problem) = await keeper.Open(body.Code, context, cancellationToken);
        if (open is not { } o)
            return problem!;
        if (Phones.Normalise(body.Phone ?? "") is not { } phone)
        {
            var fields = Fields.Of(context);
            fields.Wrong("phone", ValueErrors.Text(ValueErrors.NotAPhone, false), ValueErrors.Text(ValueErrors.NotAPhone, true));
            return fields.Problem(context);
        }
        var (id, code, at) = (Guid.CreateVersion7(), PhoneConfirmations.NewCode(), clock.GetUtcNow());
        var token = vault.Tokens(o.Pack.Pack.Id).Exact(TokenKind.Phone, phone);
        if (!await confirmations.Add(id, o.Door.Id, token, code, at, cancellationToken))
            return Problem.Of(RegistrationRejections.TooManyCodes, context);
        if (!await o.Codes.Send(o.Pack.Pack.Id, phone, code, cancellationToken))
            return Problem.Of(RegistrationRejections.NotSent, context);
        return TypedResults.Ok(new PhoneCodeJson(id.ToString("N"), at + PhoneConfirmations.ValidFor, o.Codes.IsShown ? code : null));
    }

    static async Task<Results<Ok<ApplicationStateJson>, ProblemHttpResult>> Apply(
        ApplyRequest body,
        RegistrationDoorkeeper keeper,
        PhoneConfirmations confirmations,
        RegistrationQueries queries,
        GrainReferences<IRegistrationGrain> registrations,
        Vault vault,
        ServiceTime clock,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (open, problem) = await keeper.Open(body.Code, context, cancellationToken);
        if (open is not { } o)
            return problem!;
        var pack = o.Pack.Pack.Id;
        var fields = Fields.Of(context);
        var command = Read(body, o, fields, clock.GetUtcNow());
        if (!fields.AreValid)
            return fields.Problem(context);
        var secret = RegistrationSecrets.HashOf(body.Secret!);
        if (await queries.Of(secret, cancellationToken) is { } known)
            return await Shown(known, o.Pack, registrations, cancellationToken);
        var applicant = command.Residents.Single(r => r.Id == command.Representative);
        var phone = vault.Tokens(pack).Exact(TokenKind.Phone, applicant.Fields[StandardFields.Phone]);
        var isConfirmed =
            Guid.TryParseExact(body.Confirmation, "N", out var confirmation)
            && await confirmations.Use(confirmation, o.Door.Id, phone, body.PhoneCode ?? "", clock.GetUtcNow(), cancellationToken);
        if (!isConfirmed)
            return Problem.Of(RegistrationRejections.WrongPhoneCode, context);
        // It is told to nobody but who has just shown that the phone is theirs.
        if (await queries.Waits(phone, cancellationToken))
            return Problem.Of(RegistrationRejections.Waiting, context);
        var id = IdOf(secret);
        command = command with
        {
            Operation = OperationIds.Of(command.By.Key, $"apply {id:N}", []),
            Secret = [.. secret],
            Phone = [.. phone],
        };
        var actor = registrations.Of(id);
        var answer = await ActorCalls.Call(token => actor.Submit(command, token), CancellationToken.None);
        if (answer is not { Rejection: null, Registration: { } view })
            return Problem.Of(answer.Rejection ?? CaseRejections.Unavailable, context);
        return TypedResults.Ok(StateOf(view, o.Pack));
    }

    static async Task<Results<Ok<ApplicationStateJson>, ProblemHttpResult>> State(
        ApplicationStateRequest body,
        PublicCalls calls,
        RegistrationQueries queries,
        GrainReferences<IRegistrationGrain> registrations,
        IPacks packs,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!calls.Take(context))
            return Problem.Of(Problem.TooManyRequests, context);
        if (
            !RegistrationSecrets.IsOne(body.Secret)
            || await queries.Of(RegistrationSecrets.HashOf(body.Secret!), cancellationToken) is not { } known
            || packs.Current.PackOf(known.Area) is not { } pack
        )
            return Problem.Of(CaseRejections.NotFound, context);
        return await Shown(known, pack, registrations, cancellationToken);
    }

    static async Task<Ok<ApplicationStateJson>> Shown(
        OwnRegistration known,
        LoadedPack pack,
        GrainReferences<IRegistrationGrain> registrations,
        CancellationToken cancellationToken
    )
    {
        var actor = registrations.Of(known.Id);
        var view = (await ActorCalls.Call(token => actor.Get(PersonId.Service(pack.Pack.Id), token), cancellationToken)).Registration;
        return TypedResults.Ok(
            view is null
                ? new(RegistrationNames.Of(known.Status), HouseholdNames.AreaName(pack, known.Area.Code), known.SubmittedAt, null, null)
                : StateOf(view, pack)
        );
    }

    static ApplicationStateJson StateOf(RegistrationView view, LoadedPack pack) =>
        new(
            RegistrationNames.Of(view.Status),
            HouseholdNames.AreaName(pack, view.Area.Code),
            view.SubmittedAt,
            view.IsWaiting ? null : view.UpdatedAt,
            view.Reason.Length > 0 ? view.Reason : null
        );

    static SubmitRegistration Read(ApplyRequest body, OpenDoor o, Fields fields, DateTimeOffset now)
    {
        var reader = new HouseholdFieldReader(fields, o.Households, o.Pack.Day(now));
        if (!RegistrationSecrets.IsOne(body.Secret))
            fields.Wrong("secret", "应为 32 位十六进制数字", "must be 32 hexadecimal digits");
        if (body.Consent != o.Rules.ConsentVersion)
            fields.Wrong("consent", "告知内容已更新，请刷新后重新阅读并同意", "is another version: load the page again");
        Only(fields, "fields", body.Fields, HouseholdFields);
        var id = RegistrationSecrets.IsOne(body.Secret) ? IdOf(RegistrationSecrets.HashOf(body.Secret!)) : Guid.Empty;
        var asked = (body.Residents ?? []).Take(RegistrationDecider.MaxResidents + 1).ToList();
        var residents = asked.Select(
            (r, i) =>
            {
                Only(fields, $"residents[{i}].fields", r?.Fields, ResidentFields);
                if (string.IsNullOrEmpty(r?.Relation))
                    fields.Wrong($"residents[{i}].relation", "必填", "is needed");
                var resident = new ResidentRequest(r?.Kind, r?.Relation, r?.Fields, null, null, null);
                return reader.Resident(
                    $"residents[{i}]",
                    OperationIds.OfCreated(id.ToString("N"), $"resident {i}"),
                    resident,
                    _ => default
                );
            }
        );
        var read = residents.OfType<NewResident>().ToImmutableArray();
        var representative = body.Representative ?? 0;
        if (representative < 0 || representative >= read.Length)
            fields.Wrong("representative", "请指定户代表", "is none of the residents");
        else if (!read[representative].Fields.ContainsKey(StandardFields.Phone))
            fields.Wrong($"residents[{representative}].fields.phone", "必填", "is needed");
        var household = reader.New(SubjectKind.Household, "fields", body.Fields);
        return new()
        {
            By = PersonId.Service(o.Pack.Pack.Id),
            Area = o.Area.Id,
            Consent = o.Rules.ConsentVersion,
            Fields = fields.AreValid ? WithRepresentative(household, read[representative], o.Households) : household,
            Residents = read,
            Representative = fields.AreValid ? read[representative].Id : default,
            Secret = [],
            Phone = [],
        };
    }

    /// <summary>Where the pack has a field for it, the household's representative is who has applied.</summary>
    static ImmutableSortedDictionary<string, string> WithRepresentative(
        ImmutableSortedDictionary<string, string> fields,
        NewResident applicant,
        HouseholdRules rules
    ) =>
        rules.Field(SubjectKind.Household, "representative") is not null && applicant.Fields.TryGetValue(StandardFields.Name, out var name)
            ? fields.SetItem("representative", name)
            : fields;

    static void Only(Fields fields, string name, IReadOnlyDictionary<string, string?>? values, ImmutableArray<string> known)
    {
        if (values?.Keys.Any(k => !known.Contains(k)) == true)
            fields.Wrong(name, "含有没有定义的项目", "has a field that isn't asked");
    }

    static Guid IdOf(byte[] secret) => new(secret.AsSpan(0, 16), bigEndian: true);

    static IReadOnlyList<FieldRuleJson> FieldsOf(HouseholdRules rules, SubjectKind subject, ImmutableArray<string> ids) =>
        [.. ids.Select(id => rules.Field(subject, id)).OfType<FieldRule>().Select(HouseholdRulesJson.Of)];

    static Dictionary<string, IReadOnlyList<CodeJson>> CodesOf(HouseholdRules rules)
    {
        var lists = ResidentFields
            .Select(id => rules.Field(SubjectKind.Resident, id)?.Codes)
            .OfType<string>()
            .Append(HouseholdNames.Relations);
        return lists
            .Distinct()
            .Where(rules.Codes.ContainsKey)
            .ToDictionary(
                l => l,
                l => (IReadOnlyList<CodeJson>)[.. rules.Codes[l].Codes.Select(c => new CodeJson(c.Code, c.Name, c.NameEn))]
            );
    }
}
