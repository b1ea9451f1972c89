using System.Reflection;
using Orleans;
using Orleans.Runtime;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Grains;

namespace TryOn.Silo.Tests;

public sealed class InfrastructureFailureFilterTests
{
    /// <summary>Orleans fails a call with each of these when the target silo is gone.</summary>
    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(SiloUnavailableException))]
    public async Task Call_LostByOrleans_HasAnUnknownOutcome(Type failure) =>
        await Assert.ThrowsAsync<CommitFailedException>(() => Call(failure));

    [Fact]
    public async Task Call_FailedByOurCode_ThrowsAsItself() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Call(typeof(InvalidOperationException)));

    private static Task Call(Type failure)
    {
        var call = DispatchProxy.Create<IOutgoingGrainCallContext, FailingCall>();
        ((FailingCall)call).Failure = (Exception)Activator.CreateInstance(failure)!;
        return new InfrastructureFailureFilter().Invoke(call);
    }

    /// <summary>
    /// A call to an account that fails in transit. The runtime derives a proxy from it, so it can be neither sealed nor
    /// private.
    /// </summary>
    public class FailingCall : DispatchProxy
    {
        public Exception Failure { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
        {
            "Invoke" => Task.FromException(Failure),
            "get_InterfaceMethod" => typeof(IAccount).GetMethods()[0],
            _ => null,
        };
    }
}
