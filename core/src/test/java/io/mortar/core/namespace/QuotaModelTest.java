package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.namespace.row.CountersRow;
import io.mortar.core.namespace.row.QuotaRow;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.testkit.Seeds;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random commands with quotas that come and go: what quotas count is what a recount finds, and no limit is crossed. */
class QuotaModelTest {
    private static final int COMMANDS = 400;

    @Test
    void quotas_count_what_a_recount_finds_and_nothing_grows_beyond_them() {
        Set<RefusalCode> seen = new HashSet<>();
        Seeds.upTo(60).forEach(seed -> seen.addAll(new Run(seed).commands()));
        if (Long.getLong("seed") == null) {
            assertThat(seen).as("how commands were refused").contains(RefusalCode.QUOTA_EXCEEDED);
        }
    }

    private static final class Run {
        private final long seed;
        private final RandomGenerator random;
        private final RandomCommands commands;
        private final TestVolume volume = new TestVolume();

        Run(long seed) {
            this.seed = seed;
            random = Seeds.random(seed);
            commands = new RandomCommands(random);
        }

        /** Returns how commands were refused. */
        Set<RefusalCode> commands() {
            Set<RefusalCode> seen = new HashSet<>();
            for (int step = 0; step < COMMANDS; step++) {
                volume.nowMillis += random.nextInt(3_000);
                volume.seed = random.nextLong();
                Map<Long, QuotaRow> before = quotas();
                Command command = next();
                Outcome outcome = volume.run(command);
                if (outcome instanceof Outcome.Refused refused) {
                    seen.add(refused.refusal().code());
                }
                commands.answered(outcome);
                check(step + " " + command, before);
                if (random.nextInt(10) == 0) {
                    volume.apply(Deletions.purgeDetached(volume.context(), volume.rows, 1 + random.nextInt(4)));
                    check(step + " purge", before);
                }
            }
            volume.purge(3);
            check("end", quotas());
            return seen;
        }

        private Command next() {
            return switch (random.nextInt(12)) {
                case 0, 1 ->
                    new Command.SetQuota(commands.path(), random.nextInt(10) * 20_000L - 1, random.nextInt(12) - 1);
                case 2 -> new Command.RemoveQuota(commands.path());
                default -> commands.next();
            };
        }

        private void check(String step, Map<Long, QuotaRow> before) {
            boolean purged = volume.rows
                    .rows
                    .subMap(RowKeys.first(Table.DETACHED, TestVolume.ID), RowKeys.end(Table.DETACHED, TestVolume.ID))
                    .isEmpty();
            NamespaceReader reader = new NamespaceReader(TestVolume.ID, volume.rows);
            Map<Long, QuotaRow> quotas = quotas();
            quotas.forEach((directory, row) -> {
                Charge held = Objects.requireNonNull(Charge.below(reader, directory, Long.MAX_VALUE));
                Charge counted = new Charge(row.usedBytes(), row.usedEntries());
                if (purged) {
                    assertThat(counted)
                            .as("seed %d %s: %d", seed, step, directory)
                            .isEqualTo(held);
                } else if (directory != CountersRow.ROOT_INODE) {
                    assertThat(counted.bytes())
                            .as("seed %d %s: %d", seed, step, directory)
                            .isGreaterThanOrEqualTo(held.bytes());
                    assertThat(counted.entries())
                            .as("seed %d %s: %d", seed, step, directory)
                            .isGreaterThanOrEqualTo(held.entries());
                }
                QuotaRow earlier = before.get(directory);
                if (earlier != null && earlier.number() == row.number()) {
                    bounded(step, row.bytesMax(), earlier.usedBytes(), row.usedBytes());
                    bounded(step, row.entriesMax(), earlier.usedEntries(), row.usedEntries());
                }
            });
            CountersRow counters = reader.counters();
            assertThat(counters == null ? 0 : counters.quotaCount())
                    .as("seed %d %s: quotas", seed, step)
                    .isEqualTo(quotas.size());
        }

        private void bounded(String step, long max, long before, long after) {
            assertThat(max < 0 || after <= Math.max(before, max))
                    .as("seed %d %s: limit %d, used %d before and %d now", seed, step, max, before, after)
                    .isTrue();
        }

        /** By directory; that of the root with what the volume's counters say. */
        private Map<Long, QuotaRow> quotas() {
            Map<Long, QuotaRow> quotas = new TreeMap<>();
            Usage usage = volume.usage();
            volume.rows
                    .rows
                    .subMap(RowKeys.first(Table.QUOTA, TestVolume.ID), RowKeys.end(Table.QUOTA, TestVolume.ID))
                    .forEach((key, value) -> {
                        QuotaRow row = QuotaRow.decode(value);
                        long directory = RowKeys.inodeOf(key);
                        quotas.put(
                                directory,
                                directory == CountersRow.ROOT_INODE
                                        ? row.plus(usage.storedBytes(), usage.fileCount() + usage.directoryCount())
                                        : row);
                    });
            return quotas;
        }
    }
}
