package org.homeward.simulator.cli;

import java.io.PrintStream;

/**
 * Where a command shows what it has to show.
 *
 * @param out results
 * @param err progress and complaints
 * @param terminal whether somebody looks at {@code err}, so that it may be drawn over
 */
record Screen(PrintStream out, PrintStream err, boolean terminal) {

    /** This process' own. The start script knows about standard error; the JVM knows only about both others. */
    static Screen ofProcess() {
        String told = System.getProperty("homeward.terminal");
        boolean console = System.console() != null && System.console().isTerminal();
        return new Screen(System.out, System.err, told == null ? console : Boolean.parseBoolean(told));
    }
}
