using System.Text;

namespace TryOn.Api;

/// <summary>
/// How the bytes of a request's headers become text: as UTF-8, which most clients send, and what is none as Latin-1, which
/// HTTP once meant. Kestrel on its own refuses a request with such a byte, without a body that says why. Each letter of
/// either keeps its own place, so that two idempotency keys never become one.
/// </summary>
public static class HeaderText
{
    public static Encoding Encoding { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new AsLatin1());

    private sealed class AsLatin1 : DecoderFallback
    {
        /// <summary>The longest run of bytes that UTF-8 gives up at once.</summary>
        public override int MaxCharCount => 3;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Letters();
    }

    private sealed class Letters : DecoderFallbackBuffer
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
