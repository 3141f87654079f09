package io.mortar.cli.drill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.cli.drill.load.Operation.Delete;
import io.mortar.cli.drill.load.Operation.Kind;
import io.mortar.cli.drill.load.Operation.Move;
import io.mortar.cli.drill.load.Operation.Names;
import io.mortar.cli.drill.load.Operation.Put;
import io.mortar.cli.drill.load.Operation.Range;
import io.mortar.cli.drill.load.Operation.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The checker accepts whatever an honest store may do, and finds every kind of lie. */
class LoadClientTest {
    private static final int STEPS = 1500;
    private static final LoadSettings SETTINGS =
            new LoadSettings(7, 1, 30, 20_000, Duration.ofMillis(1), Duration.ofSeconds(60));

    @Test
    void an_honest_store_passes_and_every_kind_of_operation_is_made() throws Exception {
        LoadReport report = run(new MemoryFiles());

        assertThat(report.findings()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.lines()).containsOnlyKeys(Kind.values());
        assertThat(report.volume().verifiedFiles()).isGreaterThan(5);
        assertThat(report.volume().writtenBytes()).isPositive();
        assertThat(report.troubles()).isEmpty();
    }

    @Test
    void attempts_without_an_answer_may_be_carried_out_or_not_or_much_later() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LoadReport report = run(new MemoryFiles() {
                private final List<Operation> late = new ArrayList<>();

                @Override
                public Reply attempt(int node, Operation operation) {
                    if (!late.isEmpty() && random.nextInt(10) == 0) {
                        honest(late.remove(random.nextInt(late.size())));
                    }
                    int choice = random.nextInt(40);
                    if (choice == 0) {
                        honest(operation);
                    } else if (choice == 1) {
                        late.add(operation);
                    }
                    return choice < 3 ? new Reply.Unknown("RESET") : honest(operation);
                }
            });

            assertThat(report.findings()).as("seed " + seed).isEmpty();
            assertThat(report.troubles()).containsOnlyKeys("RESET");
        }
    }

    @Test
    void a_refusal_is_repeated_after_the_time_it_asks_for_and_the_wait_is_told() throws Exception {
        LoadReport report = run(new MemoryFiles() {
            private int left = 3;

            @Override
            public Reply attempt(int node, Operation operation) {
                return operation instanceof Put && left-- > 0
                        ? new Reply.Refused("BRICK_DOWN", 2000)
                        : honest(operation);
            }
        });

        assertThat(report.isClean()).isTrue();
        assertThat(report.troubles()).containsExactly(Map.entry("BRICK_DOWN", 3));
        assertThat(report.longestMillis()).isBetween(6000L, 6200L);
        assertThat(report.lines().get(Kind.PUT))
                .isNotNull()
                .satisfies(line -> assertThat(line.longestMillis()).isEqualTo(report.longestMillis()));
    }

    @Test
    void a_store_that_never_answers_is_given_up_and_no_file_counts_as_verified() throws Exception {
        boolean[] dead = {false};
        MemoryFiles files = new MemoryFiles() {
            @Override
            public Reply attempt(int node, Operation operation) {
                return dead[0] ? new Reply.Refused("METADATA_UNAVAILABLE", 20_000) : honest(operation);
            }
        };
        Tally tally = new Tally();
        LoadClient client = new LoadClient(0, files, new ManualPace(), tally, SETTINGS);
        for (int i = 0; i < 200; i++) {
            client.step();
        }
        dead[0] = true;
        client.step();

        LoadClient.Verified verified = client.verify();

        LoadReport report = tally.report(verified.files(), verified.unverified());
        assertThat(report.unanswered()).isEqualTo(2);
        assertThat(report.volume().verifiedFiles()).isZero();
        assertThat(report.volume().unverifiedFiles()).isPositive();
        assertThat(report.isClean()).isFalse();
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void an_acknowledged_write_that_is_dropped_is_found() throws Exception {
        assertFinds(Finding.Kind.LOST, lying(Put.class, (files, put) -> new Reply.Done()));
    }

    @Test
    void a_write_that_leaves_the_old_content_is_found() throws Exception {
        assertFinds(Finding.Kind.WRONG, lying(Put.class, (files, put) -> {
            byte[] old = files.contents.get(put.path());
            files.honest(put);
            if (old != null) {
                files.contents.put(put.path(), old);
            }
            return new Reply.Done();
        }));
    }

    @Test
    void one_flipped_bit_is_found_wherever_it_is() throws Exception {
        assertFinds(Finding.Kind.WRONG, lying(Put.class, (files, put) -> {
            files.honest(put);
            byte[] bytes = files.contents.get(put.path());
            if (bytes != null && bytes.length > 0) {
                bytes[bytes.length - 1] ^= 1;
            }
            return new Reply.Done();
        }));
    }

    @Test
    void a_file_cut_short_is_found() throws Exception {
        assertFinds(Finding.Kind.WRONG, lying(Read.class, (files, read) -> {
            byte[] bytes = files.contents.get(read.path());
            return bytes == null || bytes.length == 0
                    ? files.honest(read)
                    : new Reply.Found(java.util.Arrays.copyOf(bytes, bytes.length - 1));
        }));
    }

    @Test
    void a_range_from_the_wrong_place_is_found() throws Exception {
        assertFinds(
                Finding.Kind.WRONG,
                lying(
                        Range.class,
                        (files, range) -> range.from() == 0
                                ? files.honest(range)
                                : files.honest(new Range(range.path(), 0, range.count()))));
    }

    @Test
    void a_delete_that_did_nothing_is_found() throws Exception {
        assertFinds(Finding.Kind.WRONG, lying(Delete.class, (files, delete) -> new Reply.Done()));
    }

    @Test
    void a_move_that_leaves_the_file_or_loses_it_is_found() throws Exception {
        assertFinds(Finding.Kind.LOST, lying(Move.class, (files, move) -> new Reply.Done()));
        assertFinds(Finding.Kind.LOST, lying(Move.class, (files, move) -> {
            files.contents.remove(move.from());
            return new Reply.Done();
        }));
    }

    @Test
    void a_name_that_is_left_out_of_a_list_is_found() throws Exception {
        assertFinds(Finding.Kind.LOST, lying(Names.class, (files, names) -> new Reply.Listed(Map.of())));
    }

    @Test
    void a_name_too_many_and_a_wrong_size_in_a_list_are_found() throws Exception {
        assertFinds(Finding.Kind.WRONG, lying(Names.class, (files, names) -> {
            Map<String, Long> more = new HashMap<>(((Reply.Listed) files.honest(names)).sizes());
            more.put("ghost", 1L);
            return new Reply.Listed(more);
        }));
        assertFinds(Finding.Kind.WRONG, lying(Names.class, (files, names) -> {
            Map<String, Long> larger = new HashMap<>(((Reply.Listed) files.honest(names)).sizes());
            larger.replaceAll((name, size) -> size + 1);
            return new Reply.Listed(larger);
        }));
    }

    @Test
    void a_refused_change_that_was_carried_out_is_found() throws Exception {
        assertFinds(Finding.Kind.LOST, lying(Delete.class, (files, delete) -> {
            files.honest(delete);
            return new Reply.Refused("OVERLOADED", 0);
        }));
    }

    @Test
    void an_answer_that_cannot_be_is_found() throws Exception {
        assertFinds(Finding.Kind.WRONG, lying(Put.class, (files, put) -> new Reply.Absurd("409 IS_A_DIRECTORY")));
    }

    @Test
    void what_is_lost_only_after_the_load_is_found_at_the_end() throws Exception {
        MemoryFiles files = new MemoryFiles();
        Tally tally = new Tally();
        LoadClient client = new LoadClient(0, files, new ManualPace(), tally, SETTINGS);
        for (int i = 0; i < 200; i++) {
            client.step();
        }
        assertThat(tally.report(0, 0).findings()).isEmpty();
        files.contents.remove(files.contents.keySet().iterator().next());

        LoadClient.Verified verified = client.verify();

        assertThat(tally.report(verified.files(), 0).lost()).isEqualTo(1);
    }

    /** Lies about one operation of that kind in five, and passes the others on. */
    private static <T extends Operation> MemoryFiles lying(Class<T> kind, BiFunction<MemoryFiles, T, Reply> lie) {
        return new MemoryFiles() {
            private int calls;

            @Override
            public Reply attempt(int node, Operation operation) {
                boolean lies = kind.isInstance(operation) && ++calls % 5 == 0;
                return lies ? lie.apply(this, kind.cast(operation)) : honest(operation);
            }
        };
    }

    private static void assertFinds(Finding.Kind kind, MemoryFiles liar) throws InterruptedException {
        LoadReport report = run(liar);

        assertThat(report.isClean()).isFalse();
        assertThat(report.findings()).extracting(Finding::kind).contains(kind);
        assertThat(kind == Finding.Kind.LOST ? report.lost() : report.wrong()).isPositive();
    }

    private static LoadReport run(MemoryFiles files) throws InterruptedException {
        Tally tally = new Tally();
        LoadClient client = new LoadClient(0, files, new ManualPace(), tally, SETTINGS);
        for (int i = 0; i < STEPS; i++) {
            client.step();
        }
        LoadClient.Verified verified = client.verify();
        return tally.report(verified.files(), verified.unverified());
    }
}
