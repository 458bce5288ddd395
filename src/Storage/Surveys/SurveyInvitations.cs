using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Surveys;

/// <summary>A code by which a household or resident answers a survey without an account.</summary>
public sealed record SurveyInvitation(Guid Id, Guid Survey, Guid Subject, PersonId MadeBy);

/// <summary>The codes of invitations: <c>survey_invitation</c>. A code itself isn't kept, only its hash.</summary>
public sealed class SurveyInvitations(NpgsqlDataSource source)
{
    /// <summary>A newer code of the same household or resident takes the place of the older one.</summary>
    /// <param name="made">Each with the hash of its code.</param>
    public async Task Add(
        IReadOnlyList<(SurveyInvitation Invitation, byte[] Code)> made,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            insert into survey_invitation (id, code, survey, subject, made_at, made_by)
            select id, code, survey, subject, $5, made_by from unnest($1, $2, $3, $4, $6) as t (id, code, survey, subject, made_by)
            on conflict (survey, subject) do update set id = excluded.id, code = excluded.code, made_at = excluded.made_at,
                made_by = excluded.made_by
            """
        );
        command.Bind(
            Parameters.Uuids(made, m => m.Invitation.Id),
            Parameters.Bytes(made, m => m.Code),
            Parameters.Uuids(made, m => m.Invitation.Survey),
            Parameters.Uuids(made, m => m.Invitation.Subject),
            Parameters.Of(at),
            Parameters.Texts(made, m => m.Invitation.MadeBy.Key)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="code">Its hash.</param>
    /// <returns>Null when there is none.</returns>
    public Task<SurveyInvitation?> Find(byte[] code, CancellationToken cancellationToken) =>
        Reads.Repeat(
            async token =>
            {
                await using var command = source.CreateCommand(
                    "select id, survey, subject, made_by from survey_invitation where code = $1"
                );
                command.Bind(Parameters.Of(code));
                await using var r = await command.ExecuteReaderAsync(token);
                return await r.ReadAsync(token)
                    ? new SurveyInvitation(r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), new(r.GetString(3)))
                    : null;
            },
            cancellationToken
        );

    /// <summary>Forgets the codes of surveys that were closed, and those made before a moment.</summary>
    public async Task DeleteEnded(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            delete from survey_invitation i
            where i.made_at < $1 or exists (select from survey s where s.id = i.survey and s.status = 2)
            """
        );
        command.Bind(Parameters.Of(before));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
