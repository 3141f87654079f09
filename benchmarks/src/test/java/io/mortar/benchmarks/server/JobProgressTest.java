package io.mortar.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobProgressTest {
    private static final String JOBS = """
            {"partial": false, "unanswered": [], "jobs": [
              {"volume": "v", "id": 1, "kind": "heal", "brick": null, "state": "RUNNING", "filesDone": 0, "filesTotal": 0,
               "bytesDone": 5, "bytesTotal": null, "findings": null},
              {"volume": "v", "id": 3, "kind": "drain", "brick": "bt3:/bt3", "state": "DONE", "bytesDone": 9, "bytesTotal": 9},
              {"volume": "v", "id": 7, "kind": "drain", "brick": "bt3:/bt3", "state": "RUNNING", "bytesDone": 10, "bytesTotal": 12}]}
            """;

    @Test
    void the_last_job_of_a_kind_counts() {
        assertThat(JobProgress.lastOf("drain", JOBS)).isEqualTo(new JobProgress(7, "RUNNING", 10, 12));
        assertThat(JobProgress.lastOf("rebalance", JOBS)).isNull();
    }

    @Test
    void a_job_without_a_total_is_not_through() {
        assertThat(JobProgress.lastOf("heal", JOBS)).isEqualTo(new JobProgress(1, "RUNNING", 5, -1));
        assertThat(new JobProgress(1, "RUNNING", 5, -1).isCopied()).isFalse();
        assertThat(new JobProgress(1, "RUNNING", 5, 5).isCopied()).isTrue();
    }
}
