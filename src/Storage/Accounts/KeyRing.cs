using System.Xml.Linq;
using GridActors.Storage.Database;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace GridActors.Storage.Accounts;

/// <summary>
/// Keeps the keys of ASP.NET Core's data protection in the database, so that every process reads what another one has encrypted.
/// </summary>
sealed class KeyRing(NpgsqlDataSource source) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand("select document from protection_key order by created_at");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
            keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = source.CreateCommand("insert into protection_key (name, document) values ($1, $2)");
        command.Bind(Parameters.Of(friendlyName), Parameters.Of(element.ToString(SaveOptions.DisableFormatting)));
        command.ExecuteNonQuery();
    }
}
