package io.mortar.journal.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** {@link LogTail} on logs that this test writes itself, after the description of LevelDB's format. */
class LogTailTest {
    private static final int WHOLE = -1;
    private static final int DAMAGED = -2;
    private static final int BLOCK = 32 * 1024;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final List<Integer> ends = new ArrayList<>(List.of(0));

    private void append(byte[] record) {
        int from = 0;
        boolean first = true;
        do {
            int left = BLOCK - log.size() % BLOCK;
            if (left < 7) {
                log.writeBytes(new byte[left]);
                left = BLOCK;
            }
            int length = Math.min(left - 7, record.length - from);
            boolean last = from + length == record.length;
            fragment(first ? (last ? 1 : 2) : (last ? 4 : 3), Arrays.copyOfRange(record, from, from + length));
            from += length;
            first = false;
        } while (from < record.length);
        ends.add(log.size());
    }

    private void fragment(int type, byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(type);
        crc.update(data);
        int value = (int) crc.getValue();
        ByteBuffer header = ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(((value >>> 15) | (value << 17)) + 0xa282ead8);
        header.putShort((short) data.length).put((byte) type);
        log.writeBytes(header.array());
        log.writeBytes(data);
    }

    private static byte[] noise(int seed, int size) {
        byte[] bytes = new byte[size];
        RandomGenerator random = Seeds.random(seed);
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (1 + random.nextInt(255));
        }
        return bytes;
    }

    /** Where it is torn, -1 if it is whole, -2 if it is damaged. */
    private static int tornAt(byte[] bytes) {
        LogTail tail = new LogTail(ByteBuffer.wrap(bytes));
        return switch (tail.ending()) {
            case TORN -> tail.completeBytes();
            case WHOLE -> WHOLE;
            case DAMAGED -> DAMAGED;
        };
    }

    private int end(int record) {
        return ends.get(record);
    }

    @Test
    void a_whole_log_is_left_alone_with_and_without_preallocated_zeros() {
        append(noise(1, 100));
        append(noise(2, 100_000));
        append(noise(3, 0));
        assertThat(tornAt(log.toByteArray())).isEqualTo(WHOLE);
        assertThat(tornAt(Arrays.copyOf(log.toByteArray(), 200_000))).isEqualTo(WHOLE);
        assertThat(tornAt(new byte[0])).isEqualTo(WHOLE);
        assertThat(tornAt(new byte[70_000])).isEqualTo(WHOLE);
    }

    @Test
    void a_log_cut_short_anywhere_in_its_last_record_is_cut_to_the_one_before() {
        append(noise(1, 300));
        append(noise(2, 700));
        for (int size = end(1) + 1; size < end(2); size++) {
            assertThat(tornAt(Arrays.copyOf(log.toByteArray(), size))).isEqualTo(end(1));
        }
        assertThat(tornAt(Arrays.copyOf(log.toByteArray(), end(1)))).isEqualTo(WHOLE);
    }

    @Test
    void a_last_record_over_several_blocks_is_torn_when_any_of_its_sectors_is_missing() {
        append(noise(1, 300));
        append(noise(2, 3 * BLOCK));
        byte[] whole = Arrays.copyOf(log.toByteArray(), 5 * BLOCK);
        for (int sector = end(1) / 512 + 1; sector < end(2) / 512; sector++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, sector * 512, (sector + 1) * 512, (byte) 0);
            assertThat(tornAt(torn)).as("without sector %d", sector).isEqualTo(end(1));
        }
    }

    @Test
    void a_flipped_bit_is_not_a_torn_write() {
        append(noise(1, 300));
        append(noise(2, 900));
        append(noise(3, 500));
        for (int at = 0; at < end(3); at += 13) {
            byte[] rotten = Arrays.copyOf(log.toByteArray(), end(3) + 5000);
            rotten[at] ^= 0x10;
            if (at < end(2) || at > end(2) + 6) {
                assertThat(tornAt(rotten)).as("flip at %d", at).isEqualTo(DAMAGED);
            }
        }
    }

    @Test
    void a_hole_before_an_acknowledged_record_is_not_a_torn_write() {
        append(noise(1, 300));
        append(noise(2, 2000));
        append(noise(3, 500));
        byte[] holed = log.toByteArray();
        Arrays.fill(holed, 512, 1024, (byte) 0);
        assertThat(tornAt(holed)).isEqualTo(DAMAGED);
    }
}
