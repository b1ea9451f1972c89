using Microsoft.Extensions.Options;

namespace TryOn.Providers.Wire;

/// <summary>What every upstream's options must satisfy. A complaint names the key, the value and the fix.</summary>
/// <param name="section">As in <c>TryOn:Providers:Kling</c>.</param>
public sealed class UpstreamRules(string section)
{
    private const int ConcurrencyLimit = 10_000;
    private static readonly TimeSpan TimeoutLimit = TimeSpan.FromMinutes(10);
    private readonly List<string> _complaints = [];

    public ValidateOptionsResult Result =>
        _complaints.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_complaints);

    public void Complain(string key, string complaint) => _complaints.Add($"{section}:{key} {complaint}");

    public void BaseUrl(string value, string example) => Address("BaseUrl", value, example);

    public void Address(string key, string value, string example)
    {
        if (!Acceptable(value))
            Complain(key, $"is '{Shown(value)}'; give an absolute http or https address without user, query or "
                + $"fragment, such as {example}.");
    }

    public void Timeout(string key, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeoutLimit)
            Complain(key, $"is {value}; give a time above zero and of at most {TimeoutLimit}.");
    }

    public void Concurrency(int value)
    {
        if (value is < 1 or > ConcurrencyLimit)
            Complain("ConcurrencyMax", $"is {value}; give a number from 1 to {ConcurrencyLimit}.");
    }

    public void Text(string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            Complain(key, $"is '{value}'; give a value, or remove the key to have the default.");
    }

    public void OneOf(string key, string value, string[] allowed)
    {
        if (!allowed.Contains(value, StringComparer.Ordinal))
            Complain(key, $"is '{value}'; give one of {string.Join(", ", allowed)}.");
    }

    /// <summary>The complaint never shows the value.</summary>
    public void Secret(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value) && value.Any(letter => letter is < '!' or > '~'))
            Complain(key, "(value not shown) holds a space, a line break or a letter outside ASCII; paste it again.");
    }

    private static bool Acceptable(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length + address.Query.Length + address.Fragment.Length == 0;

    /// <summary>An address with a user part, or with a query, may hold a password or a key.</summary>
    private static string Shown(string? value) =>
        value is null || value.AsSpan().ContainsAny('@', '?', '#') ? "(value not shown)" : value;
}
