package io.mortar.multijvm.metadata;

/** What a client asks over HTTP about small files in few directories. */
sealed interface FileCall {
    String directory();

    /** GET of a file. */
    record Read(String directory, String name) implements FileCall {}

    /** GET of a directory. */
    record Names(String directory) implements FileCall {}

    /** PUT with {@code If-None-Match: *}. No content is ever sent twice. */
    record Create(String directory, String name, String content) implements FileCall {}

    /** PUT with {@code If-Match}: the tag that {@code expected} was seen with. */
    record Replace(String directory, String name, String content, String expected) implements FileCall {}

    /** PUT without a condition. */
    record Write(String directory, String name, String content) implements FileCall {}

    record Delete(String directory, String name) implements FileCall {}
}
