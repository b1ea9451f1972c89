namespace TryOn.Api.Admin;

/// <summary>Section <c>TryOn:Admin</c>.</summary>
public sealed class AdminOptions
{
    /// <summary>
    /// Bearer token of the admin API, at least 24 characters. Default: empty, which disables the admin API.
    /// </summary>
    public string Token { get; set; } = "";
}
