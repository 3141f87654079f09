package io.mortar.cli.drill.guided;

import io.mortar.cli.drill.fault.FaultKind;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One fault that a person does.
 *
 * @param node the machine
 * @param instructions what to do there, line by line
 * @param what completes "bt3: ..." in the report
 * @param begun whether it can be seen from here that something has happened to the node
 * @param noticed whether the pool has noticed
 * @param left what the person has to look after when the drill ends in the middle of it
 */
record Step(
        FaultKind kind,
        String node,
        List<String> instructions,
        String what,
        BooleanSupplier begun,
        BooleanSupplier noticed,
        String left) {
    Step {
        instructions = List.copyOf(instructions);
    }
}
