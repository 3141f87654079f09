package io.mortar.core.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mortar.core.layout.FileVersion;
import io.mortar.core.namespace.row.RowKeys;
import io.mortar.core.namespace.row.Table;
import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.testkit.Seeds;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random commands against the rules and against {@link ModelTree}, which must agree on everything that can be seen. */
class NamespaceModelTest {
    private static final int COMMANDS = 400;

    /** Shows that the commands are random enough to meet every rule. */
    private static final List<Object> ALL_KINDS = List.of(
            Outcome.Written.class,
            Outcome.WriteOpened.class,
            Outcome.WriteAborted.class,
            Outcome.Removed.class,
            Outcome.DirectoryMade.class,
            Outcome.Moved.class,
            RefusalCode.BAD_REQUEST,
            RefusalCode.NOT_FOUND,
            RefusalCode.IS_A_DIRECTORY,
            RefusalCode.NOT_A_DIRECTORY,
            RefusalCode.DIRECTORY_NOT_EMPTY,
            RefusalCode.ALREADY_EXISTS,
            RefusalCode.PRECONDITION_FAILED,
            RefusalCode.MOVE_INTO_ITSELF,
            RefusalCode.LEASE_LOST);

    @Test
    void the_rules_do_what_a_naive_tree_does() {
        Set<Object> seen = new HashSet<>();
        Seeds.upTo(60).forEach(seed -> seen.addAll(new Run(seed).commands()));
        if (Long.getLong("seed") == null) {
            assertThat(seen).as("what the commands led to").containsAll(ALL_KINDS);
        }
    }

    private static final class Run {
        private final long seed;
        private final RandomGenerator random;
        private final RandomCommands commands;
        private final TestVolume volume = new TestVolume();
        private final ModelTree model = new ModelTree();
        private final Set<FileVersion> deleted = new HashSet<>();

        Run(long seed) {
            this.seed = seed;
            random = Seeds.random(seed);
            commands = new RandomCommands(random);
        }

        /** Returns the kinds of outcomes that there were. */
        Set<Object> commands() {
            Set<Object> seen = new HashSet<>();
            for (int step = 0; step < COMMANDS; step++) {
                volume.nowMillis += random.nextInt(3_000);
                volume.seed = random.nextLong();
                Command command = commands.next();
                Outcome outcome = volume.run(command);
                Object expected = model.run(command, outcome, volume.nowMillis);
                Object actual = outcome instanceof Outcome.Refused refused
                        ? refused.refusal().code()
                        : outcome;
                assertThat(actual).as("seed %d step %d %s", seed, step, command).isEqualTo(expected);
                seen.add(actual instanceof RefusalCode ? actual : actual.getClass());
                commands.answered(outcome);
                compare(commands.path());
                background();
            }
            drain();
            return seen;
        }

        /** Purges and deletes now and then, as the coordinator does all the time. */
        private void background() {
            if (random.nextInt(10) == 0) {
                volume.apply(Deletions.purgeDetached(volume.context(), volume.rows, 1 + random.nextInt(4)));
            }
            if (random.nextInt(20) == 0) {
                delete();
            }
            if (random.nextInt(50) == 0) {
                expire();
            }
            if (random.nextInt(100) == 0) {
                volume.purge(5);
                assertThat(volume.usage()).as("seed %d", seed).isEqualTo(usage(model.root));
            }
        }

        private void delete() {
            List<DueDeletion> due = Deletions.due(volume.context(), volume.rows, 1 + random.nextInt(10));
            due.forEach(deletion -> deleted.add(deletion.version()));
            volume.apply(Deletions.done(volume.context(), volume.rows, due));
            assertThat(deleted)
                    .as("seed %d", seed)
                    .noneMatch(versions(model.root)::contains)
                    .noneMatch(model.leases::containsKey);
        }

        private void expire() {
            model.leases.keySet().stream()
                    .sorted((a, b) -> Long.compare(a.inode(), b.inode()))
                    .limit(2)
                    .toList()
                    .forEach(version -> {
                        volume.apply(Leases.expire(volume.context(), volume.rows, version));
                        model.leases.remove(version);
                        model.garbage.add(version);
                    });
        }

        private void compare(VolumePath path) {
            ModelTree.Node node = model.find(path);
            Outcome found = volume.ask(new Query.Lookup(path));
            if (node == null) {
                assertThat(found).as("seed %d %s", seed, path).isInstanceOf(Outcome.Refused.class);
            } else if (node.directory()) {
                assertThat(found).as("seed %d %s", seed, path).isInstanceOf(Outcome.DirectoryFound.class);
                compareListing(path, node);
            } else {
                FileView file = ((Outcome.FileFound) found).file();
                assertThat(file.version()).as("seed %d %s", seed, path).isEqualTo(node.version);
                assertThat(file.sizeBytes()).isEqualTo(node.sizeBytes);
                assertThat(file.modifiedMillis()).isEqualTo(node.modifiedMillis);
                assertThat(file.striping() != null).isEqualTo(node.chunks);
            }
        }

        private void compareListing(VolumePath path, ModelTree.Node node) {
            int limit = 1 + random.nextInt(3);
            String after = "";
            for (boolean complete = false; !complete; ) {
                Outcome.Listing page = (Outcome.Listing) volume.ask(new Query.ListDirectory(path, after, limit));
                List<String> expected = node.children.tailMap(after, false).keySet().stream()
                        .limit(limit)
                        .toList();
                assertThat(page.entries())
                        .as("seed %d %s", seed, path)
                        .extracting(Outcome.Entry::name)
                        .containsExactlyElementsOf(expected);
                for (Outcome.Entry entry : page.entries()) {
                    ModelTree.Node child = Objects.requireNonNull(node.children.get(entry.name()));
                    assertThat(entry.directory()).isEqualTo(child.directory());
                    assertThat(entry.sizeBytes()).isEqualTo(child.sizeBytes);
                    assertThat(entry.modifiedMillis()).isEqualTo(child.modifiedMillis);
                    after = entry.name();
                }
                complete = page.complete();
            }
        }

        /** After all background work only rows of what lives are left, and exactly the garbage was deleted. */
        private void drain() {
            volume.purge(7);
            volume.nowMillis += TestVolume.PURGE_DELAY_MILLIS;
            while (!volume.due().isEmpty()) {
                delete();
            }
            assertThat(deleted).as("seed %d", seed).isEqualTo(model.garbage);
            Usage usage = usage(model.root);
            assertThat(volume.usage()).as("seed %d", seed).isEqualTo(usage);
            int living = (int) (usage.fileCount() + usage.directoryCount());
            assertThat(count(Table.DENTRY)).as("seed %d dentries", seed).isEqualTo(living);
            assertThat(count(Table.INODE)).as("seed %d inodes", seed).isEqualTo(living);
            assertThat(count(Table.DELETION)).as("seed %d deletions", seed).isZero();
            assertThat(count(Table.DETACHED)).as("seed %d detached", seed).isZero();
            assertThat(Leases.open(volume.rows, TestVolume.ID))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(model.leases.keySet());
            compareAll(VolumePath.ROOT, model.root);
        }

        private void compareAll(VolumePath path, ModelTree.Node node) {
            compare(path);
            node.children.forEach((name, child) -> compareAll(path.child(name), child));
        }

        private int count(Table table) {
            return volume.rows
                    .rows
                    .subMap(RowKeys.first(table, TestVolume.ID), RowKeys.end(table, TestVolume.ID))
                    .size();
        }

        private static Set<FileVersion> versions(ModelTree.Node node) {
            Set<FileVersion> versions = new HashSet<>();
            if (node.version != null) {
                versions.add(node.version);
            }
            node.children.values().forEach(child -> versions.addAll(versions(child)));
            return versions;
        }

        private static Usage usage(ModelTree.Node node) {
            long files = 0;
            long directories = 0;
            long bytes = 0;
            for (ModelTree.Node child : node.children.values()) {
                Usage below = usage(child);
                files += below.fileCount() + (child.directory() ? 0 : 1);
                directories += below.directoryCount() + (child.directory() ? 1 : 0);
                bytes += below.storedBytes() + child.sizeBytes;
            }
            return new Usage(files, directories, bytes, 0);
        }
    }
}
