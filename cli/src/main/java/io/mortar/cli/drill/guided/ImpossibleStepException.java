package io.mortar.cli.drill.guided;

/** A fault cannot be done in this pool; the message says why. */
final class ImpossibleStepException extends RuntimeException {
    ImpossibleStepException(String reason) {
        super(reason, null, false, false);
    }
}
