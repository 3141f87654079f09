package io.mortar.cli.drill.load;

/** A directory of a volume, as the clients of a load see it. Safe for use by several threads. */
public interface Files {
    /** Nodes through which it can be reached, numbered from 0. */
    int nodeCount();

    /**
     * Makes one attempt through one node. Takes a bounded time.
     *
     * @return of a change: Done, Missing, Refused, Unknown or Absurd; of the others: Found, Listed, Missing, Refused, Unknown or Absurd
     */
    Reply attempt(int node, Operation operation) throws InterruptedException;
}
