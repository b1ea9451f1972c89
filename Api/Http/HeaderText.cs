using System.Text;

namespace TryOn.Api.Http;

/// <summary>
/// Decodes request headers as UTF-8, which most clients send, and falls back to Latin-1, HTTP's former charset, for
/// bytes that are not UTF-8. Kestrel alone rejects such a request without an explanation. Different bytes always decode
/// to different text, so two idempotency keys never become one.
/// </summary>
public static class HeaderText
{
    public static Encoding Encoding { get; } = Encoding.GetEncoding(
        "utf-8", EncoderFallback.ReplacementFallback, new Latin1Fallback());

    private sealed class Latin1Fallback : DecoderFallback
    {
        /// <summary>The most invalid bytes that the UTF-8 decoder reports at once.</summary>
        public override int MaxCharCount => 3;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Latin1Buffer();
    }

    private sealed class Latin1Buffer : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_bytes, _next) = (bytesUnknown, 0);
            return bytesUnknown.Length > 0;
        }

        public override char GetNextChar() => Remaining > 0 ? (char)_bytes[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
                return false;
            _next--;
            return true;
        }

        public override void Reset() => (_bytes, _next) = ([], 0);
    }
}
