package io.mortar.client.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.util.ByteString;
import io.mortar.core.layout.FileVersion;
import io.mortar.core.layout.Layout;
import io.mortar.core.layout.Striping;
import io.mortar.core.namespace.FileView;
import io.mortar.core.pool.BrickId;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.core.refusal.RefusedException;
import io.mortar.core.volume.VolumeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MovingFileTest {
    private static final FileVersion VERSION = new FileVersion(new VolumeId(1), 7, 8);

    /** Layouts whose copies are gone. */
    private final Set<Long> dropped = new HashSet<>();

    private final List<CompletableFuture<FileView>> lookups = new ArrayList<>();
    private RefusalCode code = RefusalCode.CHUNK_CORRUPT;
    private final MovingFile file =
            new MovingFile(view(1), striping(1), version -> lookUp(), view -> (index, offset, length) -> read(view));

    private static Striping striping(long layout) {
        return new Striping(new Layout(layout, 1, List.of(new BrickId(new UUID(0, layout))), 1), 0, 65_536);
    }

    private static FileView view(long layout) {
        return new FileView(VERSION, 100_000, 1, 0, striping(layout), List.of(), new byte[0]);
    }

    private CompletionStage<FileView> lookUp() {
        CompletableFuture<FileView> lookup = new CompletableFuture<>();
        lookups.add(lookup);
        return lookup;
    }

    private CompletionStage<ByteString> read(FileView view) {
        Striping striping = view.striping();
        long layout = striping == null ? 0 : striping.layout().id();
        return dropped.contains(layout)
                ? CompletableFuture.failedFuture(new RefusedException(code, "layout " + layout + " has none"))
                : CompletableFuture.completedFuture(ByteString.fromString("from " + layout));
    }

    private CompletableFuture<ByteString> read() {
        return file.read(0, 0, 1).toCompletableFuture();
    }

    private static String get(CompletableFuture<ByteString> read) throws Exception {
        return read.get(20, TimeUnit.SECONDS).utf8String();
    }

    @Test
    void chunks_that_are_gone_are_read_from_where_the_file_was_moved_to_and_later_ones_at_once() throws Exception {
        dropped.add(1L);
        CompletableFuture<ByteString> first = read();
        CompletableFuture<ByteString> second = read();
        assertThat(lookups)
                .as("chunks that fail at the same time share a question")
                .hasSize(1);
        lookups.get(0).complete(view(2));
        assertThat(get(first)).isEqualTo("from 2");
        assertThat(get(second)).isEqualTo("from 2");

        assertThat(get(read())).isEqualTo("from 2");
        assertThat(lookups).hasSize(1);
    }

    @Test
    void a_file_may_move_more_than_once() throws Exception {
        dropped.addAll(List.of(1L, 2L));
        CompletableFuture<ByteString> read = read();
        lookups.get(0).complete(view(2));
        lookups.get(1).complete(view(3));
        assertThat(get(read)).isEqualTo("from 3");
    }

    @Test
    void what_is_missing_where_the_file_still_is_stays_missing() {
        dropped.add(1L);
        CompletableFuture<ByteString> read = read();
        lookups.get(0).complete(view(1));
        assertThatThrownBy(() -> get(read))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("layout 1 has none");
    }

    @Test
    void a_content_that_was_replaced_is_not_mixed_with_its_successor() {
        dropped.add(1L);
        CompletableFuture<ByteString> read = read();
        lookups.get(0).completeExceptionally(new RefusedException(RefusalCode.NOT_FOUND, "replaced"));
        assertThatThrownBy(() -> get(read)).hasMessageContaining("layout 1 has none");
    }

    @Test
    void a_brick_that_is_down_is_told_also_when_nobody_answers_where_the_file_is() {
        code = RefusalCode.BRICK_DOWN;
        dropped.add(1L);
        assertThatThrownBy(() -> get(read())).hasMessageContaining("layout 1 has none");
    }
}
