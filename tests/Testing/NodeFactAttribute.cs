using System.Diagnostics;

namespace TryOn.Testing;

/// <summary>
/// A test that runs a program from npm. Where node is missing or too old the test is skipped, with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private static readonly int Installed = Major();

    /// <param name="major">The first version of node that can run the program.</param>
    public NodeFactAttribute(int major = 1)
    {
        if (Installed == 0)
            Skip = "node is not installed";
        else if (Installed < major)
            Skip = $"node {Installed} is installed; this needs {major}";
    }

    /// <summary>The major version of the installed node; 0 where there is none.</summary>
    private static int Major()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            return int.Parse(node.StandardOutput.ReadToEnd().TrimStart('v').Split('.')[0]);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }
}
