using System.Text.RegularExpressions;

namespace TryOn.Silo.Tests.Processes;

/// <summary>
/// The settings that <c>deploy/azure/main.bicep</c> gives to every node, read from that file so that the tests use what
/// is deployed. Secrets, which the template takes from its vault, are left out.
/// </summary>
internal static partial class AzureTemplate
{
    private const RegexOptions Reading =
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "main.bicep"));

    public static Dictionary<string, string> NodeSettings() =>
        Setting().Matches(List().Match(Text).Value).ToDictionary(
            setting => setting.Groups["name"].Value, setting => Value(setting.Groups["value"].Value));

    /// <summary>Evaluates a literal, the name of a resource, or a parameter's default.</summary>
    private static string Value(string expression)
    {
        if (expression.StartsWith('\''))
            return expression.Trim('\'');
        var named = expression.EndsWith(".name", StringComparison.Ordinal)
            ? $@"^resource {expression[..^".name".Length]} '[^']+' = \{{[^']*name: '(?<value>[^']+)'"
            : $"^(var|param) {expression}( string)? = '(?<value>[^']+)'";
        var found = Regex.Match(Text, named, Reading);
        return found.Success
            ? found.Groups["value"].Value
            : throw new InvalidDataException(
                $"The template says '{expression}', and nothing that can be read as its value.");
    }

    [GeneratedRegex(@"^var nodeSettings = \[[^\]]+\]", Reading)]
    private static partial Regex List();

    [GeneratedRegex(@"\{ name: '(?<name>\w+)', value: (?<value>.+) \}", Reading)]
    private static partial Regex Setting();
}
