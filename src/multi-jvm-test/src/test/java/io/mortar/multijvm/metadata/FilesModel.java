package io.mortar.multijvm.metadata;

import io.mortar.testkit.linearizability.SequentialModel;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of one directory, by name, and what HTTP answers about them. A state is never changed. */
final class FilesModel implements SequentialModel<SortedMap<String, String>, FileCall, String> {
    static final String CREATED = "201";
    static final String DONE = "204";
    static final String NOT_FOUND = "404";
    static final String PRECONDITION_FAILED = "412";

    private record Step(String answer, SortedMap<String, String> after) {}

    static String content(String content) {
        return "content " + content;
    }

    static String names(Iterable<String> sorted) {
        return "names " + String.join(" ", sorted);
    }

    @Override
    public SortedMap<String, String> initial() {
        return new TreeMap<>();
    }

    @Override
    public Optional<SortedMap<String, String>> apply(
            SortedMap<String, String> files, FileCall call, @Nullable String output) {
        Step step = step(files, call);
        return output == null || output.equals(step.answer) ? Optional.of(step.after) : Optional.empty();
    }

    private static Step step(SortedMap<String, String> files, FileCall call) {
        if (call instanceof FileCall.Read read) {
            String found = files.get(read.name());
            return new Step(found == null ? NOT_FOUND : content(found), files);
        }
        if (call instanceof FileCall.Names) {
            return new Step(names(files.keySet()), files);
        }
        if (call instanceof FileCall.Create create) {
            return files.containsKey(create.name())
                    ? new Step(PRECONDITION_FAILED, files)
                    : new Step(CREATED, with(files, create.name(), create.content()));
        }
        if (call instanceof FileCall.Replace replace) {
            return replace.expected().equals(files.get(replace.name()))
                    ? new Step(DONE, with(files, replace.name(), replace.content()))
                    : new Step(PRECONDITION_FAILED, files);
        }
        if (call instanceof FileCall.Write write) {
            return new Step(
                    files.containsKey(write.name()) ? DONE : CREATED, with(files, write.name(), write.content()));
        }
        if (call instanceof FileCall.Delete delete) {
            return files.containsKey(delete.name())
                    ? new Step(DONE, without(files, delete.name()))
                    : new Step(NOT_FOUND, files);
        }
        throw new AssertionError("unhandled " + call);
    }

    private static SortedMap<String, String> with(Map<String, String> files, String name, String content) {
        SortedMap<String, String> changed = new TreeMap<>(files);
        changed.put(name, content);
        return changed;
    }

    private static SortedMap<String, String> without(Map<String, String> files, String name) {
        SortedMap<String, String> changed = new TreeMap<>(files);
        changed.remove(name);
        return changed;
    }
}
