package io.mortar.node.simulation;

import io.mortar.core.path.VolumePath;
import io.mortar.core.refusal.RefusalCode;
import io.mortar.testkit.linearizability.SequentialModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the file tree answers when one call comes after the other. Written from the contract, not from the rules. */
final class TreeModel implements SequentialModel<Tree, TreeCall, String> {
    /** What is answered, and the tree after it. */
    private record Step(String answer, Tree after) {}

    static String refused(RefusalCode code) {
        return "refused " + code;
    }

    @Override
    public Tree initial() {
        return Tree.EMPTY;
    }

    @Override
    public Optional<Tree> apply(Tree tree, TreeCall call, @Nullable String output) {
        Step step = step(tree, call);
        return output == null || output.equals(step.answer) ? Optional.of(step.after) : Optional.empty();
    }

    private static Step step(Tree tree, TreeCall call) {
        if (call instanceof TreeCall.Look look) {
            String found = tree.at(look.path());
            return found == null ? refuse(tree, RefusalCode.NOT_FOUND) : new Step(found, tree);
        }
        if (call instanceof TreeCall.Names names) {
            return names(tree, names.path());
        }
        if (call instanceof TreeCall.Put put) {
            return put(tree, put);
        }
        if (call instanceof TreeCall.Make make) {
            return make(tree, make);
        }
        if (call instanceof TreeCall.Remove remove) {
            return remove(tree, remove);
        }
        if (call instanceof TreeCall.Move move) {
            return move(tree, move);
        }
        throw new AssertionError("unhandled " + call);
    }

    private static Step names(Tree tree, VolumePath path) {
        if (tree.at(path) == null) {
            return refuse(tree, RefusalCode.NOT_FOUND);
        }
        return tree.isDirectory(path)
                ? new Step("names " + tree.names(path), tree)
                : refuse(tree, RefusalCode.NOT_A_DIRECTORY);
    }

    private static Step put(Tree tree, TreeCall.Put put) {
        if (tree.isBlocked(put.path())) {
            return refuse(tree, RefusalCode.NOT_A_DIRECTORY);
        }
        if (tree.isDirectory(put.path())) {
            return refuse(tree, RefusalCode.IS_A_DIRECTORY);
        }
        if (!holds(tree, put.path(), put.condition())) {
            return refuse(tree, RefusalCode.PRECONDITION_FAILED);
        }
        String answer = tree.at(put.path()) == null ? "created" : "replaced";
        return new Step(answer, tree.with(put.path(), put.content()));
    }

    private static Step make(Tree tree, TreeCall.Make make) {
        if (tree.isBlocked(make.path())) {
            return refuse(tree, RefusalCode.NOT_A_DIRECTORY);
        }
        if (tree.at(make.path()) != null) {
            return tree.isDirectory(make.path()) && make.parents()
                    ? new Step("was there", tree)
                    : refuse(tree, RefusalCode.ALREADY_EXISTS);
        }
        if (!make.parents() && tree.at(make.path().parent()) == null) {
            return refuse(tree, RefusalCode.NOT_FOUND);
        }
        return new Step("made", tree.with(make.path(), Tree.DIRECTORY));
    }

    private static Step remove(Tree tree, TreeCall.Remove remove) {
        if (tree.at(remove.path()) == null) {
            return refuse(tree, RefusalCode.NOT_FOUND);
        }
        if (!remove.recursive() && !tree.isEmpty(remove.path())) {
            return refuse(tree, RefusalCode.DIRECTORY_NOT_EMPTY);
        }
        return holds(tree, remove.path(), remove.condition())
                ? new Step("removed", tree.without(remove.path()))
                : refuse(tree, RefusalCode.PRECONDITION_FAILED);
    }

    private static Step move(Tree tree, TreeCall.Move move) {
        if (tree.at(move.path()) == null) {
            return refuse(tree, RefusalCode.NOT_FOUND);
        }
        RefusalCode refusal = move.path().equals(move.to()) ? null : refusalOfTarget(tree, move);
        if (refusal != null) {
            return refuse(tree, refusal);
        }
        if (!holds(tree, move.path(), move.condition())) {
            return refuse(tree, RefusalCode.PRECONDITION_FAILED);
        }
        if (move.path().equals(move.to())) {
            return new Step("moved", tree);
        }
        String answer = tree.at(move.to()) == null ? "moved" : "moved over";
        return new Step(answer, tree.moved(move.path(), move.to()));
    }

    private static @Nullable RefusalCode refusalOfTarget(Tree tree, TreeCall.Move move) {
        boolean directory = tree.isDirectory(move.path());
        if (directory && move.to().isWithin(move.path())) {
            return RefusalCode.MOVE_INTO_ITSELF;
        }
        if (tree.isBlocked(move.to())) {
            return RefusalCode.NOT_A_DIRECTORY;
        }
        if (tree.at(move.to().parent()) == null) {
            return RefusalCode.NOT_FOUND;
        }
        if (tree.at(move.to()) == null) {
            return null;
        }
        if (!move.overwrite()) {
            return RefusalCode.ALREADY_EXISTS;
        }
        if (tree.isDirectory(move.to()) != directory) {
            return directory ? RefusalCode.NOT_A_DIRECTORY : RefusalCode.IS_A_DIRECTORY;
        }
        return directory && !tree.isEmpty(move.to()) ? RefusalCode.DIRECTORY_NOT_EMPTY : null;
    }

    private static boolean holds(Tree tree, VolumePath path, TreeCall.If condition) {
        String found = tree.at(path);
        if (condition instanceof TreeCall.Absent) {
            return found == null;
        }
        if (condition instanceof TreeCall.Exists) {
            return found != null;
        }
        return !(condition instanceof TreeCall.Holds holds) || holds.content().equals(found);
    }

    private static Step refuse(Tree tree, RefusalCode code) {
        return new Step(refused(code), tree);
    }
}
