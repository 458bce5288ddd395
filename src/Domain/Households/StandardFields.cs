namespace GridActors.Domain.Households;

/// <summary>The ids of the fields of the standard (packs/data/households/standard.yaml) that the service itself knows.</summary>
public static class StandardFields
{
    public const string Name = "name";
    public const string Sex = "sex";
    public const string BirthDate = "birthDate";
    public const string IdType = "idType";
    public const string IdNumber = "idNumber";
    public const string Phone = "phone";
    public const string Plate = "plate";
    public const string Address = "address";
    public const string Door = "door";

    public const string Owner = "owner";
    public const string OwnerPhone = "ownerPhone";
    public const string Landlord = "landlord";
    public const string LandlordPhone = "landlordPhone";

    /// <summary>Who looks after a resident that can't do so.</summary>
    public const string Carer = "carer";
    public const string CarerPhone = "carerPhone";

    /// <summary>The unified social credit code of an organisation (统一社会信用代码).</summary>
    public const string CreditCode = "uscc";

    /// <summary>The number of the household in the register (户号).</summary>
    public const string Number = "number";
}
