package org.homeward.registry.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.session.SessionEvent.InformReceived;
import org.homeward.kit.consumer.Delivery;
import org.homeward.registry.inventory.Contact;
import org.homeward.registry.inventory.InventoryUpdate;
import org.homeward.registry.inventory.Reported;
import org.homeward.registry.session.TranscriptStore;
import org.homeward.registry.twin.NoisyParameters;
import org.homeward.registry.twin.Twins;
import org.homeward.registry.twin.history.Changed;
import org.jspecify.annotations.Nullable;

/**
 * Takes a poll of events in. What it writes through {@link Records} belongs to one transaction; MongoDB is written inside
 * of it, in a way that a repetition does not harm. What is remembered between polls changes only after {@link Taken#done}.
 * For one thread.
 */
public final class Intake {

    private final Twins twins;
    private final TranscriptStore transcripts;
    private final NoisyParameters noisy;
    private final PartialNames partialNames = new PartialNames();
    private final Map<DeviceKey, Long> prints;

    /** @param maxPrints of how many devices the last Inform is remembered */
    public Intake(Twins twins, TranscriptStore transcripts, NoisyParameters noisy, int maxPrints) {
        this.twins = twins;
        this.transcripts = transcripts;
        this.noisy = noisy;
        prints = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<DeviceKey, Long> eldest) {
                return size() > maxPrints;
            }
        };
    }

    /**
     * What came of a poll.
     *
     * @param registered devices that called and were not known
     * @param first devices that called for the first time, registered ahead or not
     * @param cameOnline devices that called and did not count as online
     */
    public record Taken(
            Set<DeviceKey> registered,
            Set<DeviceKey> first,
            List<Contact> cameOnline,
            List<InventoryUpdate> updates,
            List<Changed> changes,
            Runnable done) {}

    /** @throws E what the records throw; then nothing is remembered of the poll */
    public <E extends Exception> Taken take(Map<DeviceKey, List<Delivery.Arrived>> arrived, Records<E> records)
            throws E {
        List<DeviceNews> news = arrived.entrySet().stream().map(this::read).toList();
        Map<DeviceKey, Contact> contacts = news.stream()
                .map(DeviceNews::contact)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(Contact::device, contact -> contact));

        List<Contact.Before> before = new ArrayList<>(records.touch(contacts.values()));
        Set<DeviceKey> known =
                before.stream().map(Contact.Before::device).collect(Collectors.toCollection(HashSet::new));
        Map<DeviceKey, Contact> unknown = without(contacts, known);
        Set<DeviceKey> registered = Set.of();
        if (!unknown.isEmpty()) {
            registered = records.register(unknown.values());
            before.addAll(records.touch(unknown.values()));
            known.addAll(unknown.keySet());
        }
        known.addAll(records.registered(news.stream()
                .filter(each -> each.contact() == null)
                .map(DeviceNews::device)
                .toList()));
        Set<DeviceKey> first = before.stream()
                .filter(Contact.Before::first)
                .map(Contact.Before::device)
                .collect(Collectors.toSet());

        // A device that was deleted and calls again must not be taken for what is remembered of it.
        List<DeviceNews> retold = news.stream()
                .map(each -> first.contains(each.device()) && prints.containsKey(each.device())
                        ? readAnew(each.device(), arrived)
                        : each)
                .filter(each -> known.contains(each.device()))
                .toList();
        twins.begin(first);
        List<Changed> changes = twins.observe(retold.stream()
                .filter(each -> !each.observations().isEmpty())
                .collect(Collectors.toMap(
                        DeviceNews::device, DeviceNews::observations, (a, b) -> a, LinkedHashMap::new)));
        transcripts.save(
                retold.stream().flatMap(each -> each.transcripts().stream()).toList());

        Map<DeviceKey, Reported> reports = retold.stream()
                .collect(Collectors.toMap(DeviceNews::device, DeviceNews::reported, (a, b) -> a, LinkedHashMap::new));
        changes.forEach(changed -> {
            Reported reported = Objects.requireNonNull(reports.get(changed.device()));
            changed.changes().forEach(reported::changed);
        });
        reports.values().removeIf(Reported::isEmpty);
        List<InventoryUpdate> updates = records.report(reports);
        records.sessions(
                retold.stream().flatMap(each -> each.sessions().stream()).toList());
        records.orders(retold.stream().flatMap(each -> each.orders().stream()).toList());
        records.changes(changes);
        return new Taken(
                registered,
                first,
                before.stream()
                        .filter(each -> !each.wasOnline())
                        .map(each -> Objects.requireNonNull(contacts.get(each.device())))
                        .toList(),
                updates,
                changes,
                () -> retold.forEach(this::remember));
    }

    private DeviceNews read(Map.Entry<DeviceKey, List<Delivery.Arrived>> arrived) {
        return read(arrived.getKey(), prints.get(arrived.getKey()), arrived.getValue());
    }

    private DeviceNews readAnew(DeviceKey device, Map<DeviceKey, List<Delivery.Arrived>> arrived) {
        return read(device, null, arrived.getOrDefault(device, List.of()));
    }

    private DeviceNews read(DeviceKey device, @Nullable Long print, List<Delivery.Arrived> arrived) {
        var news = new DeviceNews(device, print, noisy, partialNames);
        arrived.forEach(news::add);
        return news;
    }

    private void remember(DeviceNews news) {
        Long print = news.lastPrint();
        if (print == null) {
            prints.remove(news.device());
        } else {
            prints.put(news.device(), print);
        }
    }

    private static Map<DeviceKey, Contact> without(Map<DeviceKey, Contact> contacts, Set<DeviceKey> known) {
        return contacts.values().stream()
                .filter(contact -> !known.contains(contact.device()))
                .collect(Collectors.toMap(Contact::device, contact -> contact));
    }

    /** Others may handle these devices from now on. */
    public void forgetAll() {
        prints.clear();
        twins.forgetAll();
        partialNames.forgetAll();
    }

    /** The time of the latest Inform of a poll; null for none. */
    public static @Nullable Instant latestInform(Map<DeviceKey, List<Delivery.Arrived>> arrived) {
        return arrived.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.event().data() instanceof InformReceived)
                .map(each -> each.event().time())
                .max(Instant::compareTo)
                .orElse(null);
    }
}
