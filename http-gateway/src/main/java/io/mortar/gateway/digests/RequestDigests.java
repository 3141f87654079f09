package io.mortar.gateway.digests;

import io.mortar.client.file.ExpectedDigest;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.request.RequestHeaders;
import io.mortar.gateway.request.RequestHeaders.Name;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Reads {@code Content-MD5}, {@code Content-Digest} and {@code Repr-Digest}. The two latter mean the same here, since nothing is stored
 * with a content coding. Algorithms other than sha-256 and md5 are ignored, as RFC 9530, section 2 allows.
 */
public final class RequestDigests {
    private static final int MD5_BYTES = 16;
    private static final int SHA_256_BYTES = 32;

    private RequestDigests() {}

    /** The digests in {@code headers}; refused with BAD_DIGEST when one cannot be read. */
    public static List<ExpectedDigest> of(RequestHeaders headers) {
        String contentMd5 = headers.get(Name.CONTENT_MD5);
        String contentDigest = headers.get(Name.CONTENT_DIGEST);
        String reprDigest = headers.get(Name.REPR_DIGEST);
        if (contentMd5 == null && contentDigest == null && reprDigest == null) {
            return List.of();
        }
        List<ExpectedDigest> digests = new ArrayList<>();
        if (contentMd5 != null) {
            digests.add(new ExpectedDigest("MD5", decoded("Content-MD5", contentMd5.strip(), MD5_BYTES)));
        }
        if (contentDigest != null) {
            addMembers("Content-Digest", contentDigest, digests);
        }
        if (reprDigest != null) {
            addMembers("Repr-Digest", reprDigest, digests);
        }
        return digests;
    }

    private static void addMembers(String header, String dictionary, List<ExpectedDigest> digests) {
        for (String member : dictionary.split(",", -1)) {
            int equals = member.indexOf('=');
            String value = member.substring(equals + 1).strip();
            if (equals < 1 || value.length() < 2 || !value.startsWith(":") || !value.endsWith(":")) {
                throw malformed(header, "'" + member.strip() + "' is not of the form sha-256=:BASE64:");
            }
            String base64 = value.substring(1, value.length() - 1);
            switch (member.substring(0, equals).strip()) {
                case "sha-256" -> digests.add(new ExpectedDigest("SHA-256", decoded(header, base64, SHA_256_BYTES)));
                case "md5" -> digests.add(new ExpectedDigest("MD5", decoded(header, base64, MD5_BYTES)));
                default -> {}
            }
        }
    }

    private static byte[] decoded(String header, String base64, int bytes) {
        byte[] value;
        try {
            value = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed(header, "'" + base64 + "' is not base64");
        }
        if (value.length != bytes) {
            throw malformed(header, "it has " + value.length + " bytes instead of " + bytes);
        }
        return value;
    }

    private static RefusedException malformed(String header, String reason) {
        return new RefusedException(RefusalCode.BAD_DIGEST, "cannot read " + header + ": " + reason);
    }
}
