package io.mortar.node.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import io.mortar.core.namespace.RowChange;
import io.mortar.journal.kv.KvOptions;
import io.mortar.journal.kv.KvStores;
import io.mortar.journal.space.DiskSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceCopyTest {
    private static final String ID = "volume-1";
    private static final byte[] KEY = {1, 1};

    @TempDir
    Path directory;

    private NamespaceStore store;
    private NamespaceCopy copy;

    @BeforeEach
    void open() {
        store = new NamespaceStore(KvStores.open(directory.resolve("copy"), KvOptions.of(DiskSpace.UNLIMITED)));
        copy = new NamespaceCopy(store, () -> CompletableFuture.completedStage(Done.done()));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void events_that_another_node_made_are_applied_and_known_ones_are_not_again() {
        copy.apply(ID, 1, put(1));
        copy.apply(ID, 2, put(2));

        copy.replay(ID, 1, 2, put(99));
        assertThat(copy.rows().get(KEY)).containsExactly(2);
        copy.replay(ID, 2, 3, put(3));

        assertThat(copy.rows().get(KEY)).containsExactly(3);
        copy.checkRecovered(ID, 3, 3);
    }

    @Test
    void a_journal_that_lost_the_last_applied_event_is_noticed() {
        copy.apply(ID, 1, put(1));
        copy.apply(ID, 2, put(2));

        assertThatThrownBy(() -> copy.checkRecovered(ID, 1, 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the journal has lost events");
    }

    @Test
    void a_journal_without_the_next_event_is_noticed() {
        copy.apply(ID, 1, put(1));

        assertThatThrownBy(() -> copy.replay(ID, 2, 3, put(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the events between are lost");
    }

    private static List<RowChange> put(int value) {
        return List.of(new RowChange(KEY, new byte[] {(byte) value}));
    }
}
