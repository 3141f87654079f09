package io.mortar.core.namespace.row;

import java.nio.charset.StandardCharsets;

/** That a job failed at a file, and why. The key says which. */
public record JobFailureRow(long failedMillis, String reason) {
    private static final int VERSION = 1;
    private static final int REASON_CHARS_MAX = 1000;

    public JobFailureRow {
        reason = reason.length() > REASON_CHARS_MAX ? reason.substring(0, REASON_CHARS_MAX) : reason;
    }

    public static JobFailureRow decode(byte[] value) {
        return RowReader.read(
                Table.JOB_FAILURE,
                VERSION,
                value,
                in -> new JobFailureRow(in.u64(), new String(in.rest(), StandardCharsets.UTF_8)));
    }

    public byte[] encode() {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return RowWriter.of(Table.JOB_FAILURE, VERSION, Long.BYTES + text.length)
                .u64(failedMillis)
                .bytes(text)
                .done();
    }
}
