package io.mortar.cli.drill.load;

import io.mortar.cli.drill.load.Operation.Delete;
import io.mortar.cli.drill.load.Operation.Move;
import io.mortar.cli.drill.load.Operation.Names;
import io.mortar.cli.drill.load.Operation.Put;
import io.mortar.cli.drill.load.Operation.Range;
import io.mortar.cli.drill.load.Operation.Read;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** Chooses what a client does next: small and large files, new ones and replaced ones, names that are used again. */
final class Script {
    static final List<String> DIRECTORIES = List.of("a", "b");
    private static final int FREED_MAX = 16;
    private static final int SMALL_BYTES = 4096;
    private static final int MEDIUM_BYTES = 64 * 1024;
    private static final int LARGE_BYTES = 1536 * 1024;

    private final SplittableRandom random;
    private final String root;
    private final int filesMax;
    private final int sizeBytesMax;
    private final Deque<String> freed = new ArrayDeque<>();
    private int names;

    /**
     * @param root directory of this client alone
     * @param filesMax files at one time; beyond it, more are deleted than written
     */
    Script(SplittableRandom random, String root, int filesMax, int sizeBytesMax) {
        this.random = random;
        this.root = root;
        this.filesMax = filesMax;
        this.sizeBytesMax = sizeBytesMax;
    }

    /** Paths of the directories in which all files of this client are. */
    List<String> directories() {
        return DIRECTORIES.stream().map(directory -> root + "/" + directory).toList();
    }

    Operation next(Ledger ledger) {
        List<String> files = new ArrayList<>(ledger.files().keySet());
        List<String> changeable =
                files.stream().filter(path -> !ledger.isSettled(path)).toList();
        int choice = random.nextInt(100);
        if (files.isEmpty() || (choice < 24 && files.size() < filesMax)) {
            return new Put(unusedName(ledger), content());
        }
        if (choice < 48) {
            return new Read(choice < 46 ? oneOf(files) : readAgain(ledger, files));
        }
        if (choice < 64) {
            return range(ledger, oneOf(files));
        }
        if (choice < 70 || changeable.isEmpty()) {
            return new Names(oneOf(directories()));
        }
        String path = oneOf(changeable);
        if (choice < 80) {
            return new Put(path, content());
        }
        if (choice < 89) {
            return new Move(path, unusedName(ledger));
        }
        if (freed.size() < FREED_MAX) {
            freed.add(path);
        }
        return new Delete(path);
    }

    /** A name that was freed is looked for now and then: it must stay away. */
    private String readAgain(Ledger ledger, List<String> files) {
        String gone = freed.peekFirst();
        return gone == null || ledger.files().containsKey(gone) ? oneOf(files) : gone;
    }

    private Operation range(Ledger ledger, String path) {
        SeededContent content = ledger.files().get(path);
        if (content == null || content.sizeBytes() == 0) {
            return new Read(path);
        }
        int from = random.nextInt(content.sizeBytes());
        return new Range(path, from, 1 + random.nextInt(Math.min(content.sizeBytes() - from, 256 * 1024)));
    }

    private String unusedName(Ledger ledger) {
        while (!freed.isEmpty() && random.nextInt(3) == 0) {
            String path = freed.removeFirst();
            if (!ledger.files().containsKey(path) && !ledger.isSettled(path)) {
                return path;
            }
        }
        names++;
        return oneOf(directories()) + "/f" + names;
    }

    private SeededContent content() {
        int choice = random.nextInt(100);
        int boundBytes =
                choice < 35 ? SMALL_BYTES : choice < 65 ? MEDIUM_BYTES : choice < 92 ? LARGE_BYTES : sizeBytesMax;
        return new SeededContent(random.nextLong(), random.nextInt(Math.min(boundBytes, sizeBytesMax) + 1));
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
