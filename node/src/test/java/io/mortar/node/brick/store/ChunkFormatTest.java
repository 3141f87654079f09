package io.mortar.node.brick.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.checksum.BlockChecksums;
import io.mortar.core.layout.ChunkId;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.volume.VolumeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The worked example of {@code docs/formats/chunk.md}, byte for byte. */
class ChunkFormatTest {
    private static final ChunkId CHUNK = new ChunkId(new FileVersion(new VolumeId(1), 0x2a, 7), 3, 0);
    private static final byte[] DATA = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final String VERSION_1 = "68656c6c6f" // data
            + "9a71bb4c" // checksum of block 0
            + "00000001" + "000000000000002a" + "0000000000000007" + "00000003" + "00000000" // whose chunk
            + "00000005" + "00000001" + "4d4f525441524348" // length, format, magic
            + "0aa43e81"; // checksum of the trailer

    @Test
    void a_chunk_of_format_1_is_written_and_read_as_documented() {
        ByteBuffer out = ByteBuffer.allocate(ChunkTrailer.fileSizeBytes(DATA.length));
        ChunkTrailer trailer = new ChunkTrailer(CHUNK, DATA.length, BlockChecksums.of(ByteBuffer.wrap(DATA)));
        trailer.write(out.put(DATA));
        assertThat(HexFormat.of().formatHex(out.array())).isEqualTo(VERSION_1);

        byte[] file = HexFormat.of().parseHex(VERSION_1);
        int size = ChunkTrailer.dataSizeBytes(file.length);
        ChunkTrailer read = ChunkTrailer.read(ByteBuffer.wrap(file).position(size), size);
        assertThat(read).isNotNull().matches(t -> t.isSameAs(trailer));
    }

    @Test
    void a_chunk_lies_where_the_hash_of_its_file_version_says() {
        assertThat(new ChunkDirectories(Path.of("/brick")).fileOf(CHUNK)).hasToString("/brick/chunks/88/1e/1-2a-7-3-0");
    }

    @Test
    void the_length_of_the_data_follows_from_the_length_of_the_file() {
        for (int size = 1;
                size <= ChunkStore.CHUNK_SIZE_BYTES_MAX;
                size += size < 70_000 || size > 1_000_000 ? 1 : 997) {
            assertThat(ChunkTrailer.dataSizeBytes(ChunkTrailer.fileSizeBytes(size)))
                    .isEqualTo(size);
        }
        for (long impossible : new long[] {0, 48, 52, 65536 + 4 + 48 + 1, 65536 + 4 + 48 + 4, 1L << 40}) {
            assertThat(ChunkTrailer.dataSizeBytes(impossible)).isEqualTo(-1);
        }
    }
}
