package org.homeward.standalone.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What Linux tells of processes below {@code /proc}: the CPU time and the memory of a process and of all that it
 * started, those that have ended meanwhile included.
 */
public final class ProcessTable {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that runs a JDK
    private static final int LISTENING = 0x0A;

    private final Path proc;

    /** @param proc {@code /proc}, or something like it */
    public ProcessTable(Path proc) {
        this.proc = proc;
    }

    /** The real one. */
    public static ProcessTable ofThisMachine() {
        return new ProcessTable(Path.of("/proc"));
    }

    /** One process. @param ticks CPU time of itself and of its children that have ended */
    private record Stat(long pid, long parent, long ticks) {

        /** Parses {@code /proc/PID/stat}; the name in brackets may hold anything. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    Long.parseLong(line.substring(0, line.indexOf(' '))),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[11])
                            + Long.parseLong(fields[12])
                            + Long.parseLong(fields[13])
                            + Long.parseLong(fields[14]));
        }
    }

    /**
     * CPU seconds, user and system, of a process and all below it since they began.
     *
     * @param others not counted, and nothing below them
     */
    public double cpuSeconds(long pid, Set<Long> others) {
        return tree(pid, others).stream().mapToLong(Stat::ticks).sum() / TICKS_PER_SECOND;
    }

    /** Proportional set size in bytes of a process and all below it. */
    public long memory(long pid, Set<Long> others) {
        return tree(pid, others).stream().mapToLong(stat -> pss(stat.pid())).sum();
    }

    private List<Stat> tree(long pid, Set<Long> others) {
        Map<Long, List<Stat>> children = new HashMap<>();
        List<Stat> found = new ArrayList<>();
        Deque<Stat> ahead = new ArrayDeque<>();
        for (Stat stat : all()) {
            children.computeIfAbsent(stat.parent(), parent -> new ArrayList<>()).add(stat);
            if (stat.pid() == pid) {
                ahead.add(stat);
            }
        }
        while (!ahead.isEmpty()) {
            Stat next = ahead.remove();
            found.add(next);
            children.getOrDefault(next.pid(), List.of()).stream()
                    .filter(child -> !others.contains(child.pid()))
                    .forEach(ahead::add);
        }
        return found;
    }

    private List<Stat> all() {
        List<Stat> stats = new ArrayList<>();
        for (Path folder : processes()) {
            try {
                stats.add(Stat.parse(Files.readString(folder.resolve("stat"))));
            } catch (IOException e) {
                // it has ended between listing and reading: then its parent has its time
                continue;
            }
        }
        return stats;
    }

    private List<Path> processes() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            folders.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private long pss(long pid) {
        try {
            return Files.readAllLines(proc.resolve(pid + "/smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            return 0; // it has ended, or is not ours to look at
        }
    }

    /** The process that listens on a TCP port. */
    public OptionalLong listener(int port) {
        for (String table : List.of("net/tcp", "net/tcp6")) {
            try {
                for (String line : Files.readAllLines(proc.resolve(table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 9
                            && fields[1].endsWith(":%04X".formatted(port))
                            && Integer.parseInt(fields[3], 16) == LISTENING) {
                        return holder("socket:[" + fields[9] + "]");
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong holder(String socket) {
        for (Path process : processes()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
                for (Path file : files) {
                    if (Files.readSymbolicLink(file).toString().equals(socket)) {
                        return OptionalLong.of(
                                Long.parseLong(process.getFileName().toString()));
                    }
                }
            } catch (IOException e) {
                continue; // it has ended, or is not ours to look at
            }
        }
        return OptionalLong.empty();
    }
}
