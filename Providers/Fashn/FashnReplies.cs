using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fashn;

/// <summary>Interprets FASHN's answers. An answer about another prediction counts as an unknown outcome.</summary>
public sealed class FashnReplies(FashnOptions options)
{
    public ProviderReply OfRun(UpstreamAnswer answer) =>
        answer switch
        {
            UpstreamAnswer.Answered { Succeeded: true } answered when FashnAccepted.Read(
                answered.Body) is { } accepted =>
                new ProviderReply.Waiting(accepted.Id!, options.FirstPoll),
            _ => Fault(FashnOperation.Submit, answer),
        };

    public ProviderReply OfStatus(UpstreamAnswer answer, string id) =>
        answer switch
        {
            UpstreamAnswer.Answered { Succeeded: true } answered when FashnPrediction.Read(
                answered.Body) is { } prediction =>
                prediction.Id == id ? Charged(OfPrediction(prediction, id), answered) : Unknown("other_task"),
            _ => Fault(FashnOperation.Poll, answer),
        };

    private static ProviderReply Charged(ProviderReply reply, UpstreamAnswer.Answered answer) =>
        reply is ProviderReply.Ready or ProviderReply.Ended
            ? reply with { Cost = CostHeader.Read(answer, "x-fashn-credits-used", "fashn_credits") }
            : reply;

    private static ProviderReply Fault(FashnOperation operation, UpstreamAnswer answer) =>
        answer switch
        {
            UpstreamAnswer.Answered { Succeeded: true } => Unknown("not_understood"),
            UpstreamAnswer.Answered answered =>
                new ProviderReply.Faulted(FashnClassification.Classify(operation, answered)),
            UpstreamAnswer.Lost lost => Unknown(lost.Reason),
            _ => ProviderReply.FaultOf(FaultKind.Outage, "fashn:unreachable"),
        };

    private ProviderReply OfPrediction(FashnPrediction prediction, string id) =>
        prediction.Status switch
        {
            "starting" or "in_queue" or "processing" => new ProviderReply.Waiting(id, options.PollInterval),
            "completed" => AnswerPictures.At("fashn", prediction.Output ?? []),
            "failed" or "canceled" or "time_out" => new ProviderReply.Ended(
                FashnClassification.ClassifyPrediction(prediction.Status, prediction.Error?.Name)),
            _ => Unknown("unknown_status"),
        };

    private static ProviderReply Unknown(string reason) =>
        ProviderReply.FaultOf(FaultKind.OutcomeUnknown, $"fashn:{reason}");
}
