package io.mortar.cli.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.load.ManualPace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FillFaultTest {
    private static final int SLACK_BYTES = 3_000_000;

    @TempDir
    Path directory;

    private final ManualPace pace = new ManualPace();
    private long fillerBytes;

    @Test
    void it_takes_the_room_until_the_pool_has_seen_the_brick_full_for_a_while() throws Exception {
        String what = fault(Long.MAX_VALUE / 2, Long.MAX_VALUE, this::isFullAfterTwoSeconds)
                .strike(0);

        assertThat(what).contains("full for 10 s");
        assertThat(fillerBytes).isEqualTo(SLACK_BYTES);
        assertThat(Duration.ofNanos(pace.nanos())).isEqualTo(Duration.ofSeconds(12));
        assertThat(filler()).doesNotExist();
    }

    @Test
    void a_brick_that_does_not_become_full_is_reported_as_that() throws Exception {
        assertThat(fault(Long.MAX_VALUE / 2, Long.MAX_VALUE, () -> false).strike(0))
                .contains("not full 30 s after");
        assertThat(filler()).doesNotExist();
    }

    @Test
    void more_than_the_machine_can_spare_is_not_taken() throws Exception {
        assertThat(fault(0, 1, () -> true).strike(0)).contains("not filled");
        assertThat(filler()).doesNotExist();
    }

    private FillFault fault(long leftBytes, long fillBytesMax, BooleanSupplier full) {
        FillFault.Room room = new FillFault.Room(filler(), leftBytes, SLACK_BYTES, fillBytesMax);
        return new FillFault(3, room, full, pace, Duration.ofSeconds(10));
    }

    private boolean isFullAfterTwoSeconds() {
        try {
            fillerBytes = Files.size(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Duration.ofNanos(pace.nanos()).toSeconds() >= 2;
    }

    private Path filler() {
        return directory.resolve("filler");
    }
}
