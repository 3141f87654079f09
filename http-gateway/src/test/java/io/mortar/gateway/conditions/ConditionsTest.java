package io.mortar.gateway.conditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import io.mortar.core.namespace.ETag;
import io.mortar.core.namespace.WriteCondition;
import io.mortar.core.refusal.RefusedException;
import io.mortar.gateway.request.RequestHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    /** Sun, 06 Nov 1994 08:49:37 GMT and a half. */
    private static final long MODIFIED = 784_111_777_500L;

    private static final ETag TAG = new ETag("7-1-2");

    private static RequestHeaders headers(String... lines) {
        HttpRequest request = HttpRequest.create();
        for (String line : lines) {
            if (line != null && !line.isEmpty()) {
                int colon = line.indexOf(':');
                request = request.addHeader(RawHeader.create(
                        line.substring(0, colon), line.substring(colon + 1).strip()));
            }
        }
        return RequestHeaders.of(request);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    PROCEED             | X: none                                            |
                    PROCEED             | If-Match: *                                        |
                    PROCEED             | If-Match: "7-1-2"                                  |
                    PROCEED             | If-Match: "a,b" , "7-1-2"                          |
                    PRECONDITION_FAILED | If-Match: "7-1-3"                                  |
                    PRECONDITION_FAILED | If-Match: W/"7-1-2"                                |
                    NOT_MODIFIED        | If-None-Match: *                                   |
                    NOT_MODIFIED        | If-None-Match: "7-1-2"                             |
                    NOT_MODIFIED        | If-None-Match: "x",W/"7-1-2"                       |
                    PROCEED             | If-None-Match: "7-1-3"                             |
                    NOT_MODIFIED        | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT   |
                    NOT_MODIFIED        | If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT  |
                    NOT_MODIFIED        | If-Modified-Since: Sun Nov  6 08:49:37 1994        |
                    PROCEED             | If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT   |
                    PROCEED             | If-Modified-Since: yesterday                       |
                    PROCEED             | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT |
                    PRECONDITION_FAILED | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT |
                    PROCEED             | If-Unmodified-Since: tomorrow                      |
                    PROCEED             | If-None-Match: "7-1-3" | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT
                    PROCEED             | If-Match: "7-1-2"      | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT
                    NOT_MODIFIED        | If-Match: "7-1-2"      | If-None-Match: "7-1-2"
                    PRECONDITION_FAILED | If-Match: "x"          | If-None-Match: "7-1-2"
                    """)
    void a_download_is_judged_in_the_order_of_the_specification(
            ReadConditions.Verdict verdict, String first, String second) {
        assertThat(ReadConditions.evaluate(headers(first, second), TAG, MODIFIED))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    true  | X: none
                    true  | If-Range: "7-1-2"
                    false | If-Range: W/"7-1-2"
                    false | If-Range: "7-1-3"
                    true  | If-Range: Sun, 06 Nov 1994 08:49:37 GMT
                    false | If-Range: Sun, 06 Nov 1994 08:49:38 GMT
                    false | If-Range: nonsense
                    """)
    void a_range_counts_only_for_exactly_the_named_content(boolean counts, String header) {
        assertThat(ReadConditions.rangeCounts(headers(header), TAG, MODIFIED)).isEqualTo(counts);
    }

    @Test
    void conditions_of_a_write_are_handed_on_for_the_moment_of_the_commit() {
        assertThat(WriteConditions.of(headers())).isEqualTo(WriteCondition.NONE);
        assertThat(WriteConditions.of(headers("If-Match: *")))
                .isEqualTo(new WriteCondition(true, false, List.of(), List.of(), -1));
        assertThat(WriteConditions.of(headers("If-None-Match: *")))
                .isEqualTo(new WriteCondition(false, true, List.of(), List.of(), -1));
        assertThat(WriteConditions.of(headers("If-None-Match: \"a\", W/\"b\"", "If-Match: \"c\"")))
                .isEqualTo(new WriteCondition(
                        false, false, List.of(new ETag("c")), List.of(new ETag("a"), new ETag("b")), -1));
        assertThat(WriteConditions.of(headers("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT")))
                .isEqualTo(new WriteCondition(false, false, List.of(), List.of(), 784_111_777_000L));
        assertThat(WriteConditions.of(headers("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT")))
                .isEqualTo(WriteCondition.NONE);
    }

    @Test
    void a_weak_tag_never_allows_a_write() {
        WriteCondition condition = WriteConditions.of(headers("If-Match: W/\"7-1-2\""));
        assertThat(condition.ifMatch()).isNotEmpty().doesNotContain(TAG);
    }

    @Test
    void a_header_sent_twice_is_one_list() {
        assertThat(WriteConditions.of(headers("If-Match: \"a\"", "if-match: \"b\""))
                        .ifMatch())
                .containsExactlyInAnyOrder(new ETag("a"), new ETag("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "\"a", "\"a\" \"b\"", "\"a\",", "*, \"a\"", "w/\"a\""})
    void a_list_of_tags_that_cannot_be_read_is_refused(String value) {
        assertThatThrownBy(() -> EntityTags.parse("If-Match", value))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("If-Match");
    }
}
