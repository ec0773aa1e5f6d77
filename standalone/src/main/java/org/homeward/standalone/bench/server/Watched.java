package org.homeward.standalone.bench.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The processes of the servers: what they use is what a session costs. */
public final class Watched {

    private final ProcessTable table;
    private final List<Server> servers;

    /**
     * One process and all that it starts.
     *
     * @param apart whether it is told but not counted, because sessions do not need it
     */
    public record Server(String name, long pid, boolean apart) {}

    /** CPU seconds since they began, by server. */
    public record Reading(Map<String, Double> counted, Map<String, Double> apart) {

        public Reading since(Reading before) {
            return new Reading(minus(counted, before.counted), minus(apart, before.apart));
        }

        /** Of all that count. */
        public double seconds() {
            return counted.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        private static Map<String, Double> minus(Map<String, Double> after, Map<String, Double> before) {
            Map<String, Double> used = new LinkedHashMap<>();
            after.forEach((name, seconds) -> used.put(name, seconds - before.getOrDefault(name, 0.0)));
            return used;
        }
    }

    public Watched(ProcessTable table, List<Server> servers) {
        this.table = table;
        this.servers = List.copyOf(servers);
    }

    /** Processes by id, as {@code --watch} names them. */
    public static Watched pids(List<Long> pids) {
        return new Watched(
                ProcessTable.ofThisMachine(),
                pids.stream()
                        .map(pid -> new Server("process " + pid, pid, false))
                        .toList());
    }

    /** Whoever listens on these ports, each process once. @param ports by name @param apart names that do not count */
    public static Watched listeners(Map<String, Integer> ports, Set<String> apart) {
        ProcessTable table = ProcessTable.ofThisMachine();
        Map<Long, List<String>> names = new LinkedHashMap<>();
        ports.forEach((name, port) -> table.listener(port)
                .ifPresent(pid ->
                        names.computeIfAbsent(pid, first -> new ArrayList<>()).add(name)));
        List<Server> servers = new ArrayList<>();
        names.forEach((pid, all) -> servers.add(new Server(String.join(" and ", all), pid, apart.containsAll(all))));
        return new Watched(table, servers);
    }

    public boolean isEmpty() {
        return servers.isEmpty();
    }

    public List<Server> servers() {
        return servers;
    }

    public Reading read() {
        return new Reading(read(false), read(true));
    }

    private Map<String, Double> read(boolean apart) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Server server : servers) {
            if (server.apart() == apart) {
                seconds.put(server.name(), table.cpuSeconds(server.pid(), others(server)));
            }
        }
        return seconds;
    }

    /** Proportional set size in MiB, by server. */
    public Map<String, Long> memory() {
        Map<String, Long> memory = new LinkedHashMap<>();
        servers.forEach(server -> memory.put(server.name(), table.memory(server.pid(), others(server)) >> 20));
        return memory;
    }

    private Set<Long> others(Server server) {
        return servers.stream()
                .map(Server::pid)
                .filter(pid -> pid != server.pid())
                .collect(Collectors.toSet());
    }
}
