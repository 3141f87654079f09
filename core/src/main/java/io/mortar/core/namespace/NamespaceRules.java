package io.mortar.core.namespace;

/** Decides what a command does to a volume's rows, and answers questions about them. Pure; called by the volume's coordinator. */
public final class NamespaceRules {
    private NamespaceRules() {}

    /**
     * The changes and the outcome of {@code command}. A refusal changes nothing; a refused {@link Command.CommitWrite} leaves its lease
     * open, so the caller gives it up or lets it run out.
     */
    public static Decision decide(VolumeContext context, Rows rows, Command command) {
        Draft draft = new Draft(context, rows);
        if (command instanceof Command.PutInline putInline) {
            return Writes.putInline(draft, putInline);
        }
        if (command instanceof Command.OpenWrite openWrite) {
            return Writes.open(draft, openWrite);
        }
        if (command instanceof Command.CommitWrite commitWrite) {
            return Writes.commit(draft, commitWrite);
        }
        if (command instanceof Command.AbortWrite abortWrite) {
            return Writes.abort(draft, abortWrite.version());
        }
        if (command instanceof Command.ReportDamage reportDamage) {
            return MissingCopies.report(draft, reportDamage);
        }
        if (command instanceof Command.Remove remove) {
            return Directories.remove(draft, remove);
        }
        if (command instanceof Command.MakeDirectory makeDirectory) {
            return Directories.make(draft, makeDirectory);
        }
        if (command instanceof Command.Move move) {
            return Directories.move(draft, move);
        }
        if (command instanceof Command.SetQuota setQuota) {
            return Quotas.set(draft, setQuota);
        }
        if (command instanceof Command.RemoveQuota removeQuota) {
            return Quotas.remove(draft, removeQuota);
        }
        throw new AssertionError("unhandled " + command);
    }

    /** The answer to {@code query} as of {@code rows}. */
    public static Outcome answer(VolumeContext context, Rows rows, Query query) {
        NamespaceReader reader = new NamespaceReader(context.volume(), rows);
        if (query instanceof Query.Lookup lookup) {
            return Lookups.lookup(context, reader, lookup);
        }
        if (query instanceof Query.LookupVersion lookup) {
            return Lookups.lookup(context, reader, lookup);
        }
        if (query instanceof Query.ListDirectory listDirectory) {
            return Lookups.list(context, reader, listDirectory);
        }
        if (query instanceof Query.ListQuotas quotas) {
            return Quotas.list(reader, quotas.after());
        }
        if (query instanceof Query.PlanChange plan) {
            return new Outcome.ChangePlanned(ChangePlanner.plan(context, rows, plan.change()));
        }
        if (query instanceof Query.ListJobFailures failures) {
            int limit = Math.max(1, Math.min(failures.limit(), Query.ListJobFailures.LIMIT_MAX));
            return new Outcome.JobFailuresListed(
                    Jobs.failures(rows, context.volume(), failures.job(), failures.after(), limit));
        }
        throw new AssertionError("unhandled " + query);
    }
}
