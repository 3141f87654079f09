package io.mortar.gateway.json;

import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as the gateway speaks it: strict about what it receives, within small limits. Safe for use by several threads. */
public final class Json {
    /** Nesting, text and number lengths that no honest request of this API comes near. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(16)
            .maxStringLength(16 * 1024)
            .maxNumberLength(32)
            .maxNameLength(128)
            .maxTokenCount(10_000)
            .build();

    /** Also for streaming writers. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Json() {}

    /** {@code value}, a record or a collection of records, as UTF-8. */
    public static ByteString write(Object value) {
        try {
            return ByteString.fromArrayUnsafe(MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** A record of {@code type}; refused with BAD_REQUEST when {@code text} is not JSON, beyond the limits, or has unknown fields. */
    public static <T> T read(ByteString text, Class<T> type) {
        T value;
        try {
            value = MAPPER.readValue(text.toArrayUnsafe(), type);
        } catch (JsonProcessingException e) {
            throw refused(e.getOriginalMessage());
        } catch (IOException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
        if (value == null) {
            throw refused("it is null");
        }
        return value;
    }

    private static RefusedException refused(String reason) {
        return new RefusedException(
                RefusalCode.BAD_REQUEST,
                "cannot read the request's JSON: " + reason + ": see docs/api.md for its form");
    }
}
