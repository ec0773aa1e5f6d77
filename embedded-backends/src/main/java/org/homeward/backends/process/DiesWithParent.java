package org.homeward.backends.process;

import java.io.IOException;

/**
 * Entry point of our child JVMs: runs the main class it is given, and ends when standard input ends. The
 * parent holds the other end of that pipe, so the child goes when the parent lets go of it, be it by
 * {@link ChildJvm#stop} or because the parent was killed.
 *
 * <p>One class without any other of ours, because it travels to the child as a single file.
 */
public final class DiesWithParent {

    /** How long the child may take to end in order, in milliseconds. */
    private static final long PATIENCE = 15_000;

    private DiesWithParent() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("parent-watch").start(DiesWithParent::watch);
        var rest = java.util.Arrays.copyOfRange(args, 1, args.length);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    private static void watch() {
        awaitEndOfInput();
        Thread.ofPlatform().daemon().name("last-resort").start(() -> {
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        System.exit(0);
    }

    @SuppressWarnings("StatementWithEmptyBody")
    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            return; // a broken pipe is an end, too
        }
    }
}
