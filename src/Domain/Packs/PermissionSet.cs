namespace GridActors.Domain.Packs;

/// <summary>A set of permissions.</summary>
public readonly record struct PermissionSet(int Bits)
{
    public static PermissionSet None => default;

    public static PermissionSet Of(params IEnumerable<Permission> permissions) =>
        new(permissions.Aggregate(0, (bits, p) => bits | 1 << (int)p));

    public bool Has(Permission permission) => (Bits & 1 << (int)permission) != 0;

    public static PermissionSet operator |(PermissionSet a, PermissionSet b) => new(a.Bits | b.Bits);
}
