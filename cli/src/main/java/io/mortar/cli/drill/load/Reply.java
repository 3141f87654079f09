package io.mortar.cli.drill.load;

import java.util.Map;

/** What came of one attempt. */
public sealed interface Reply {
    /** A change was carried out. */
    record Done() implements Reply {}

    /** The bytes that were asked for. */
    record Found(byte[] bytes) implements Reply {}

    /** All names in a directory, with sizes in bytes. */
    record Listed(Map<String, Long> sizes) implements Reply {
        public Listed {
            sizes = Map.copyOf(sizes);
        }
    }

    /** There is nothing of that name. */
    record Missing() implements Reply {}

    /** Nothing was changed and nothing read; it may be tried again after a while. */
    record Refused(String code, long retryAfterMillis) implements Reply {}

    /** No answer, or none that says what happened: a change may have been carried out, or may be later. */
    record Unknown(String reason) implements Reply {}

    /** An answer that no sequence of right answers leads to. */
    record Absurd(String text) implements Reply {}
}
