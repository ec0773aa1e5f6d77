package org.homeward.simulator.diagnostic;

/** One kind of diagnostic. */
public interface Diagnostic {

    /**
     * Runs it and writes the results into the model.
     *
     * @return what DiagnosticsState becomes
     */
    String run(DiagnosticObject object);

    /** A diagnostic of which nothing is known but that it ends. */
    static Diagnostic unknown() {
        return DiagnosticObject::done;
    }
}
