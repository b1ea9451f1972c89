using Microsoft.Extensions.Options;

namespace TryOn.Providers.Wire;

/// <summary>Validation rules shared by all upstreams' options. An error names the key, the value and the fix.</summary>
/// <param name="section">Configuration section, such as <c>TryOn:Providers:Kling</c>.</param>
public sealed class UpstreamRules(string section)
{
    private const int ConcurrencyLimit = 10_000;
    private static readonly TimeSpan TimeoutLimit = TimeSpan.FromMinutes(10);
    private readonly List<string> _errors = [];

    public ValidateOptionsResult Result =>
        _errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_errors);

    public void AddError(string key, string error) => _errors.Add($"{section}:{key} {error}");

    public void BaseUrl(string value, string example) => Address("BaseUrl", value, example);

    public void Address(string key, string value, string example)
    {
        if (!Acceptable(value))
            AddError(key, $"is '{Redacted(value)}'; give an absolute http or https address without user, query or "
                + $"fragment, such as {example}.");
    }

    public void Timeout(string key, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeoutLimit)
            AddError(key, $"is {value}; give a time above zero and of at most {TimeoutLimit}.");
    }

    public void Concurrency(int value)
    {
        if (value is < 1 or > ConcurrencyLimit)
            AddError("ConcurrencyMax", $"is {value}; give a number from 1 to {ConcurrencyLimit}.");
    }

    public void Text(string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            AddError(key, $"is '{value}'; give a value, or remove the key to have the default.");
    }

    public void OneOf(string key, string value, string[] allowed)
    {
        if (!allowed.Contains(value, StringComparer.Ordinal))
            AddError(key, $"is '{value}'; give one of {string.Join(", ", allowed)}.");
    }

    /// <summary>Validates a secret; the error never shows its value.</summary>
    public void Secret(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value) && value.Any(letter => letter is < '!' or > '~'))
            AddError(key, "(value not shown) holds a space, a line break or a letter outside ASCII; paste it again.");
    }

    private static bool Acceptable(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length + address.Query.Length + address.Fragment.Length == 0;

    /// <summary>
    /// Hides an address that has a user part or a query, since these may contain a password or a key.
    /// </summary>
    private static string Redacted(string? value) =>
        value is null || value.AsSpan().ContainsAny('@', '?', '#') ? "(value not shown)" : value;
}
