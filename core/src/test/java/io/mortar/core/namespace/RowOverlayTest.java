package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RowOverlayTest {
    @Test
    void an_overlay_reads_like_rows_to_which_its_changes_were_applied() {
        Seeds.upTo(300).forEach(seed -> {
            RandomGenerator random = Seeds.random(seed);
            MemoryRows base = new MemoryRows();
            MemoryRows applied = new MemoryRows();
            List<RowChange> before = changes(random, 30);
            base.apply(before);
            applied.apply(before);
            RowOverlay overlay = new RowOverlay(base);
            List<RowChange> over = changes(random, random.nextInt(40));
            overlay.apply(over);
            applied.apply(over);

            for (int i = 0; i < 20; i++) {
                byte[] from = key(random);
                byte[] to = key(random);
                assertThat(scan(overlay, from, to)).as("seed %d", seed).isEqualTo(scan(applied, from, to));
                assertThat(overlay.get(from)).as("seed %d", seed).isEqualTo(applied.get(from));
            }
            assertThat(base.openCursors).isZero();
            base.apply(overlay.changes());
            assertThat(scan(base, new byte[0], new byte[] {(byte) 255, 127}))
                    .as("seed %d", seed)
                    .isEqualTo(scan(applied, new byte[0], new byte[] {(byte) 255, 127}));
        });
    }

    @Test
    void a_batch_on_an_overlay_is_the_same_as_its_commands_one_by_one() {
        Seeds.upTo(50).forEach(seed -> {
            TestVolume oneByOne = new TestVolume();
            TestVolume batched = new TestVolume();
            RandomCommands commands = new RandomCommands(Seeds.random(seed));
            for (int batch = 0; batch < 20; batch++) {
                RowOverlay overlay = new RowOverlay(batched.rows);
                for (int i = 0; i < 10; i++) {
                    Command command = commands.next();
                    Decision decision = NamespaceRules.decide(batched.context(), overlay, command);
                    overlay.apply(decision.changes());
                    Outcome outcome = oneByOne.run(command);
                    assertThat(decision.outcome()).as("seed %d", seed).isEqualTo(outcome);
                    commands.answered(outcome);
                }
                batched.rows.apply(overlay.changes());
            }
            assertThat(scan(batched.rows, new byte[0], new byte[] {(byte) 255}))
                    .as("seed %d", seed)
                    .isEqualTo(scan(oneByOne.rows, new byte[0], new byte[] {(byte) 255}));
        });
    }

    private static List<RowChange> changes(RandomGenerator random, int count) {
        List<RowChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(
                    new RowChange(key(random), random.nextInt(3) == 0 ? null : new byte[] {(byte) random.nextInt()}));
        }
        return changes;
    }

    private static byte[] key(RandomGenerator random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(8) * 36);
        }
        return key;
    }

    private static List<String> scan(Rows rows, byte[] from, byte[] to) {
        List<String> found = new ArrayList<>();
        try (RowCursor cursor = rows.scan(from, to)) {
            while (cursor.next()) {
                found.add(HexFormat.of().formatHex(cursor.key()) + "="
                        + HexFormat.of().formatHex(cursor.value()));
            }
        }
        return found;
    }
}
