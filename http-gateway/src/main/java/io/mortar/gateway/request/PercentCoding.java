package io.mortar.gateway.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of URIs (RFC 3986, section 2.1) with UTF-8 behind it. */
public final class PercentCoding {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentCoding() {}

    /**
     * The text behind {@code encoded}; throws {@link IllegalArgumentException} with a text for the user on a broken escape, on bytes
     * that are not UTF-8 and on characters that must not appear in a URI.
     */
    public static String decode(String encoded) {
        int i = 0;
        while (i < encoded.length() && encoded.charAt(i) != '%' && isPlain(encoded.charAt(i))) {
            i++;
        }
        return i == encoded.length() ? encoded : decodeEscapes(encoded);
    }

    private static String decodeEscapes(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                if (i + 2 >= encoded.length() || !isHex(encoded.charAt(i + 1)) || !isHex(encoded.charAt(i + 2))) {
                    throw new IllegalArgumentException("'%' is not followed by two hexadecimal digits");
                }
                bytes.put((byte) Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else if (isPlain(c)) {
                bytes.put((byte) c);
            } else {
                throw new IllegalArgumentException("it has a character that must be percent-encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its bytes are not UTF-8", e);
        }
    }

    /** {@code text} for use as one segment of a path or one value of a query. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c > ' ' && c < 0x7f;
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 0x80;
    }
}
