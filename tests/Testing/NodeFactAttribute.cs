using System.Diagnostics;

namespace TryOn.Testing;

/// <summary>A test that runs a program of npm's. Without node, or with one that is too old, it is skipped, and says why.</summary>
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

    /// <summary>0 where there is no node.</summary>
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
