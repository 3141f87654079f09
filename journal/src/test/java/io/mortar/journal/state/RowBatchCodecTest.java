package io.mortar.journal.state;

import static io.mortar.journal.state.StateFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBatchCodecTest {
    private static final RowBatch BATCH = RowBatch.builder()
            .put(Area.JOURNAL, bytes("k"), bytes("v"))
            .delete(Area.APPLICATION, bytes("gone"))
            .put(Area.APPLICATION, new byte[RowBatch.Row.KEY_BYTES_MAX], new byte[0])
            .build();

    @Test
    void a_batch_is_read_as_it_was_written() {
        byte[] encoded = RowBatchCodec.encode(BATCH);
        assertThat(encoded).hasSize(RowBatchCodec.sizeBytes(BATCH));
        assertThat(RowBatchCodec.decode(encoded)).usingRecursiveComparison().isEqualTo(BATCH);
        assertThat(RowBatchCodec.decode(RowBatchCodec.encode(RowBatch.of(List.of())))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void sizes_count_keys_and_values() {
        assertThat(BATCH.sizeBytes()).isEqualTo(2 + 4 + RowBatch.Row.KEY_BYTES_MAX);
    }

    @Test
    void whether_a_batch_shrinks_the_store_is_not_stored() {
        assertThat(BATCH.asShrinking().shrinking()).isTrue();
        assertThat(RowBatchCodec.encode(BATCH.asShrinking())).isEqualTo(RowBatchCodec.encode(BATCH));
    }

    @Test
    void a_batch_that_is_cut_or_followed_by_something_is_refused() {
        RowBatch batch = RowBatch.builder()
                .put(Area.JOURNAL, bytes("key"), bytes("value"))
                .delete(Area.JOURNAL, bytes("key"))
                .build();
        byte[] encoded = RowBatchCodec.encode(batch);
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> RowBatchCodec.decode(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> RowBatchCodec.decode(Arrays.copyOf(encoded, encoded.length + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("followed by 1 bytes");
    }

    @Test
    void what_is_not_known_is_refused() {
        refuse("02" + "00000000", "format version 2");
        refuse("01" + "00000001" + "03" + "00" + "0001" + "6b" + "00000000", "no area of rows has tag 3");
        refuse("01" + "00000001" + "00" + "00" + "0001" + "6b" + "00000000", "no area of rows has tag 0");
        refuse("01" + "00000001" + "01" + "02" + "0001" + "6b" + "00000000", "no change of a row has tag 2");
        refuse("01" + "7fffffff" + "01" + "01" + "0001" + "6b", "cannot have 2147483647 rows");
        refuse("01" + "00000001" + "01" + "00" + "0001" + "6b" + "ffffffff", "ends within a row");
        refuse("01" + "00000001" + "01" + "01" + "0000", "1 to 65535 bytes");
    }

    private static void refuse(String hex, String text) {
        assertThatThrownBy(() -> RowBatchCodec.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
