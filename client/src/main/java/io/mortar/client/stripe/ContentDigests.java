package io.mortar.client.stripe;

import akka.util.ByteString;
import io.mortar.client.file.ExpectedDigest;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/** Size and checksums of content that streams by, and their comparison with what the user said. For one thread at a time. */
final class ContentDigests {
    private final CRC32C crc32c = new CRC32C();
    private final List<ExpectedDigest> expected;
    private final List<MessageDigest> digests = new ArrayList<>();
    private long sizeBytes;

    ContentDigests(List<ExpectedDigest> expected) {
        this.expected = expected;
        for (ExpectedDigest digest : expected) {
            try {
                digests.add(MessageDigest.getInstance(digest.algorithm()));
            } catch (NoSuchAlgorithmException e) {
                throw new RefusedException(
                        RefusalCode.BAD_DIGEST, "digest algorithm " + digest.algorithm() + " is not supported");
            }
        }
    }

    void update(ByteString bytes) {
        sizeBytes += bytes.size();
        for (ByteBuffer buffer : bytes.getByteBuffers()) {
            crc32c.update(buffer.duplicate());
            for (MessageDigest digest : digests) {
                digest.update(buffer.duplicate());
            }
        }
    }

    long sizeBytes() {
        return sizeBytes;
    }

    int crc32c() {
        return (int) crc32c.getValue();
    }

    /** Throws BAD_DIGEST or BAD_REQUEST unless all that was announced holds; {@code announcedBytes} is -1 when nothing was. */
    void verify(long announcedBytes) {
        if (announcedBytes >= 0 && sizeBytes != announcedBytes) {
            throw new RefusedException(
                    RefusalCode.BAD_REQUEST,
                    "content has " + sizeBytes + " bytes, " + announcedBytes + " were announced: nothing was stored");
        }
        for (int i = 0; i < expected.size(); i++) {
            byte[] actual = digests.get(i).digest();
            if (!MessageDigest.isEqual(actual, expected.get(i).value())) {
                throw new RefusedException(
                        RefusalCode.BAD_DIGEST,
                        expected.get(i).algorithm() + " of the content is "
                                + HexFormat.of().formatHex(actual) + ", announced was "
                                + HexFormat.of().formatHex(expected.get(i).value()) + ": nothing was stored");
            }
        }
    }
}
