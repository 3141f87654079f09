package io.mortar.core.namespace;

import io.mortar.core.namespace.row.DentryRow;
import io.mortar.core.refusal.Refusal;
import io.mortar.core.refusal.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Making, removing and moving names. */
final class Directories {
    private Directories() {}

    static Decision make(Draft draft, Command.MakeDirectory command) {
        String attempt = "make directory '" + command.path() + "'";
        Place place = Place.of(draft.reader(), command.path());
        if (place.blocked()) {
            return Draft.refuse(Refusals.blocked(attempt, place));
        }
        DentryRow target = place.target();
        if (target != null) {
            return target.directory() && command.parents()
                    ? draft.accept(new Outcome.DirectoryMade(false))
                    : Draft.refuse(
                            RefusalCode.ALREADY_EXISTS,
                            "cannot " + attempt + ": a " + (target.directory() ? "directory" : "file")
                                    + " of that name exists; choose another name");
        }
        if (!place.hasParent() && !command.parents()) {
            return Draft.refuse(Refusals.parentMissing(attempt, place));
        }
        Refusal refusal = Quotas.refusal(draft, attempt, place, Charge.DIRECTORY, Charge.NONE);
        if (refusal != null) {
            return Draft.refuse(refusal);
        }
        Quotas.charge(draft, place.directories(), Charge.DIRECTORY.plus(place.parentsCharge()));
        draft.makeDirectory(draft.makeParents(place), place.path().name());
        return draft.accept(new Outcome.DirectoryMade(true));
    }

    static Decision remove(Draft draft, Command.Remove command) {
        if (command.path().isRoot()) {
            return Draft.refuse(
                    RefusalCode.BAD_REQUEST,
                    "cannot remove the root of a volume; remove what is in it, or delete the volume");
        }
        Place place = Place.of(draft.reader(), command.path());
        DentryRow target = place.target();
        if (target == null) {
            return Draft.refuse(Refusals.notFound(command.path()));
        }
        boolean empty = !target.directory() || draft.reader().isEmpty(target.inode());
        if (!empty && !command.recursive()) {
            return Draft.refuse(Refusals.notEmpty("remove '" + command.path() + "'", command.path()));
        }
        Refusal refusal = Conditions.check(command.condition(), draft.volume(), command.path(), target);
        if (refusal != null) {
            return Draft.refuse(refusal);
        }
        draft.deleteDentry(place.lowestDirectory(), command.path().name());
        if (empty) {
            drop(draft, target);
            Quotas.charge(draft, place.directories(), Charge.of(target).negated());
        } else {
            draft.detach(target.inode(), Quotas.charged(draft, place.directories()));
        }
        return draft.accept(new Outcome.Removed());
    }

    static Decision move(Draft draft, Command.Move command) {
        Place from = Place.of(draft.reader(), command.from());
        DentryRow source = from.target();
        if (source == null) {
            return Draft.refuse(Refusals.notFound(command.from()));
        }
        if (command.from().equals(command.to())) {
            Refusal refusal = Conditions.check(command.condition(), draft.volume(), command.from(), source);
            return refusal == null ? draft.accept(new Outcome.Moved(false)) : Draft.refuse(refusal);
        }
        Place to = Place.of(draft.reader(), command.to());
        Refusal refusal = refuseTarget(draft, command, source, to);
        if (refusal != null) {
            return Draft.refuse(refusal);
        }
        QuotaMove quotas = new QuotaMove(draft, from, to, source);
        refusal = quotas.refusal(attempt(command));
        if (refusal == null) {
            refusal = Conditions.check(command.condition(), draft.volume(), command.from(), source);
        }
        if (refusal != null) {
            return Draft.refuse(refusal);
        }
        quotas.apply();
        DentryRow target = to.target();
        if (target != null) {
            drop(draft, target);
        }
        draft.deleteDentry(from.lowestDirectory(), command.from().name());
        draft.putDentry(to.lowestDirectory(), command.to().name(), source);
        if (source.directory() || from.lowestDirectory() != to.lowestDirectory()) {
            draft.moveInode(source.inode(), to.lowestDirectory(), command.to().name());
        }
        return draft.accept(new Outcome.Moved(target != null));
    }

    private static String attempt(Command.Move command) {
        return "move '" + command.from() + "' to '" + command.to() + "'";
    }

    /** Why {@code source} cannot be moved to {@code to}, or null. */
    private static @Nullable Refusal refuseTarget(Draft draft, Command.Move command, DentryRow source, Place to) {
        String attempt = attempt(command);
        if (source.directory() && to.directories().contains(source.inode())) {
            return new Refusal(
                    RefusalCode.MOVE_INTO_ITSELF,
                    "cannot " + attempt + ": the target lies inside the source; choose a target outside of it");
        }
        if (to.blocked()) {
            return Refusals.blocked(attempt, to);
        }
        if (!to.hasParent()) {
            return Refusals.parentMissing(attempt, to);
        }
        DentryRow target = to.target();
        if (target == null) {
            return null;
        }
        if (!command.overwrite()) {
            return new Refusal(
                    RefusalCode.ALREADY_EXISTS,
                    "cannot " + attempt + ": the target exists; remove it first or ask to overwrite it");
        }
        if (target.directory() && !source.directory()) {
            return Refusals.isDirectory(attempt, command.to());
        }
        if (source.directory() && !target.directory()) {
            return new Refusal(
                    RefusalCode.NOT_A_DIRECTORY,
                    "cannot " + attempt + ": a directory does not replace a file; remove the file first");
        }
        return target.directory() && !draft.reader().isEmpty(target.inode())
                ? Refusals.notEmpty(attempt, command.to())
                : null;
    }

    private static void drop(Draft draft, DentryRow target) {
        if (target.directory()) {
            draft.dropDirectory(target.inode());
        } else {
            draft.dropFile(target.inode());
        }
    }
}
