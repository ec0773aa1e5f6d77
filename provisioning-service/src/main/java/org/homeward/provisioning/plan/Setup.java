package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.homeward.contracts.CommandId;
import org.homeward.contracts.PlanId;
import org.homeward.contracts.SessionId;

/**
 * What is done to every device at first contact, and how far that has come. A task that is not in the map is not
 * wanted.
 *
 * @param refused parameters that the CPE refuses for good, and the fault code; forgotten at {@code 0 BOOTSTRAP} and
 *     with a new software version
 * @param offer by what ways the device could be reached
 * @param told what the tasks that depend on the operator's settings were last begun with
 */
public record Setup(Map<Task, State> tasks, Map<String, Integer> refused, Offer offer, Map<Task, String> told) {

    public static final Setup NONE = new Setup(Map.of(), Map.of(), Offer.UNREAD, Map.of());

    /** What several tasks write by one RPC. */
    static final CommandId TOGETHER = new CommandId("setup.TOGETHER");

    @SuppressWarnings("ConstantValue") // ledgers that were written before these were kept lack them
    public Setup {
        tasks = Map.copyOf(tasks);
        refused = Map.copyOf(refused);
        offer = offer == null ? Offer.UNREAD : offer;
        told = told == null ? Map.of() : Map.copyOf(told);
    }

    /** In the order in which they are planned: the credentials come last, since some CPEs use new ones at once. */
    public enum Task {
        /** Read names and values of the whole data model. */
        READ_TREE,
        /** Read by what ways it could be reached, where that is not known from the whole. */
        READ_WAYS,
        /** A user name and password of its own for connection requests. */
        CONNECTION_REQUEST,
        /** That it calls, and how often. */
        PERIODIC_INFORM,
        /** When it calls, so that a fleet does not call at once. */
        PERIODIC_PHASE,
        /** To keep a binding open at a STUN server. */
        STUN,
        /** To be signed in at an XMPP server. */
        XMPP,
        /** Its own credentials in place of those that fresh boxes share. */
        ACS_CREDENTIALS;

        CommandId command() {
            return new CommandId("setup." + name());
        }

        /** Of the attempt of this number, from 1. */
        CommandId command(int attempt) {
            return joins(attempt) ? TOGETHER : command();
        }

        /** Parameters of ManagementServer that are left to profiles, where they say something of them. */
        List<String> left() {
            return switch (this) {
                case PERIODIC_INFORM -> List.of("PeriodicInformEnable", "PeriodicInformInterval");
                // when depends on how often
                case PERIODIC_PHASE -> List.of("PeriodicInformTime", "PeriodicInformInterval");
                case STUN ->
                    List.of(
                            "STUNEnable",
                            "STUNServerAddress",
                            "STUNServerPort",
                            "STUNUsername",
                            "STUNPassword",
                            "STUNMinimumKeepAlivePeriod",
                            "STUNMaximumKeepAlivePeriod");
                case XMPP -> List.of("ConnReqXMPPConnection", "ConnReqAllowedJabberIDs");
                case READ_TREE, READ_WAYS, CONNECTION_REQUEST, ACS_CREDENTIALS -> List.of();
            };
        }

        /**
         * Whether the attempt of this number, from 1, is made together with others: what a CPE refuses of a write it
         * refuses as a whole (TR-069 A.3.2.1), but most refuse nothing, and every RPC less is a round trip less.
         */
        boolean joins(int attempt) {
            return attempt == 1 && (this == CONNECTION_REQUEST || this == PERIODIC_INFORM || this == PERIODIC_PHASE);
        }
    }

    /** How far one task has come. */
    public sealed interface State {
        record Due(int attempts, Instant notBefore) implements State {

            /** Nothing to wait for, whatever the clock says later. */
            static Due atOnce(int attempts) {
                return new Due(attempts, Instant.EPOCH);
            }
        }

        record InFlight(SessionId session, PlanId plan, int attempts) implements State {}

        /** Done, and read back where it can be read. */
        record Verified() implements State {}

        /** Not to be tried again. @param code CWMP fault code, 0 where no CPE gave one */
        record Refused(int code, String text) implements State {}
    }

    /** Whether anything could be done now. */
    boolean isDue(Instant now) {
        return tasks.values().stream()
                .anyMatch(state ->
                        state instanceof State.Due due && !due.notBefore().isAfter(now));
    }

    boolean inFlight(SessionId session) {
        return tasks.values().stream()
                .anyMatch(state -> state instanceof State.InFlight flight
                        && flight.session().equals(session));
    }

    Setup with(Task task, State state) {
        Map<Task, State> next = new EnumMap<>(Task.class);
        next.putAll(tasks);
        next.put(task, state);
        return new Setup(next, refused, offer, told);
    }

    /** The task begins, again if need be. @param what it is begun with */
    Setup beginning(Task task, String what) {
        Map<Task, String> next = new EnumMap<>(Task.class);
        next.putAll(told);
        next.put(task, what);
        return new Setup(with(task, State.Due.atOnce(0)).tasks, refused, offer, next);
    }

    /** The task is not wanted any more. */
    Setup without(Task task) {
        Map<Task, State> rest = new EnumMap<>(Task.class);
        rest.putAll(tasks);
        rest.remove(task);
        Map<Task, String> restTold = new EnumMap<>(Task.class);
        restTold.putAll(told);
        restTold.remove(task);
        return new Setup(rest, refused, offer, restTold);
    }

    Setup withRefused(Map<String, Integer> more) {
        return new Setup(tasks, more, offer, told);
    }

    Setup with(Offer next) {
        return next == offer ? this : new Setup(tasks, refused, next, told);
    }
}
