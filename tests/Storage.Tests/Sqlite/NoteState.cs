using System.Diagnostics.CodeAnalysis;
using Orleans;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>A grain's copy of its stored state.</summary>
internal sealed class NoteState(string text) : IGrainState<Note>
{
    private Note _state = new() { Text = text };

    [AllowNull]
    public Note State { get => _state; set => _state = value!; }

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
