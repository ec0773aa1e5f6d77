package org.homeward.registry.subscriber.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.device.SecretAttribute;
import org.homeward.kit.rest.Problem;
import org.homeward.kit.rest.Revision;
import org.homeward.kit.security.FieldCipher;
import org.homeward.kit.security.FieldCipher.UnreadableSecret;
import org.homeward.registry.subscriber.Attributes;
import org.homeward.registry.subscriber.Binding;
import org.homeward.registry.subscriber.Service;
import org.homeward.registry.subscriber.ServiceId;
import org.homeward.registry.subscriber.ServiceType;
import org.homeward.registry.subscriber.ServiceTypes;
import org.homeward.registry.subscriber.Subscriber;
import org.homeward.registry.subscriber.SubscriberEdit;
import org.homeward.registry.subscriber.SubscriberEdit.OfService;
import org.homeward.registry.subscriber.SubscriberEdit.Presence;
import org.homeward.registry.subscriber.SubscriberId;
import org.homeward.registry.subscriber.Wish;
import org.homeward.registry.subscriber.store.Subscribers.Outcome;
import org.homeward.registry.subscriber.store.Subscribers.Refused;
import org.homeward.registry.subscriber.store.Subscribers.Result;
import org.homeward.registry.subscriber.store.Subscribers.Taken;
import org.jspecify.annotations.Nullable;

/** Applies edits to what was loaded for them; writes nothing itself. */
record Editing(
        TenantId tenant,
        Book book,
        Bindings.Round round,
        ServiceTypes types,
        FieldCipher cipher,
        Instant now,
        String by) {

    private static final int MOST_SERVICES = 20;
    private static final ServiceType OF_SUBSCRIBERS = ServiceType.open("subscriber");

    Outcome apply(SubscriberEdit edit) {
        Subscriber known = book.subscriber(edit.subscriber());
        Optional<Problem> absent = presence("subscriber", edit.subscriber(), known != null, edit.presence());
        if (absent.isPresent()) {
            return new Refused("subscriber", absent.get());
        }
        if (known != null) {
            new Revision(known.version()).requireMatch(edit.ifMatch());
        }
        Merged merged = merged(
                known == null ? Attributes.NONE : known.attributes(),
                edit.attributes(),
                OF_SUBSCRIBERS,
                edit.subscriber(),
                "");
        if (merged.refusal() != null) {
            return merged.refusal();
        }
        List<Service> services = new ArrayList<>();
        for (OfService each : edit.services()) {
            var ofService = service(edit.subscriber(), each);
            if (ofService.refusal() != null) {
                return ofService.refusal();
            }
            if (ofService.service() != null) {
                services.add(ofService.service());
            }
        }
        for (Wish wish : edit.bindings()) {
            if (round.answer(wish) instanceof Wish.Taken taken) {
                return new Refused(
                        field(wish),
                        Problem.conflict(
                                wish.claim().kind().text() + " " + wish.claim().value() + " is of subscriber "
                                        + taken.by() + "; say move=true to take it from there."));
            }
        }
        return taken(edit, known, merged.attributes(), services);
    }

    private Outcome taken(
            SubscriberEdit edit, @Nullable Subscriber known, Attributes attributes, List<Service> services) {
        boolean changed = !services.isEmpty();
        if (known == null) {
            book.change(new Subscriber(edit.subscriber(), attributes, now, now, by, 0));
        } else if (!attributes.equals(known.attributes())) {
            book.change(new Subscriber(known.id(), attributes, known.createdAt(), now, by, known.version() + 1));
            changed = true;
        }
        services.forEach(book::change);
        Binding last = null;
        for (Wish wish : edit.bindings()) {
            // asked again: what was answered before may have begun or ended meanwhile
            switch (round.answer(wish)) {
                case Wish.Existing existing -> last = existing.binding();
                case Wish.Begin begin -> {
                    last = round.begin(wish, begin);
                    changed = true;
                }
                case Wish.Taken taken -> throw new IllegalStateException("an edit takes from itself");
            }
        }
        return new Taken(known == null ? Result.CREATED : changed ? Result.UPDATED : Result.UNCHANGED, last);
    }

    /** One of the two; neither when nothing changes. */
    private record OfOne(
            @Nullable Service service, @Nullable Refused refusal) {}

    private OfOne service(SubscriberId subscriber, OfService edit) {
        Service known = book.service(subscriber, edit.id());
        Optional<Problem> absent = presence("service", edit.id(), known != null, edit.presence());
        if (absent.isPresent()) {
            return new OfOne(null, new Refused("service", absent.get()));
        }
        if (known == null && book.services(subscriber).size() >= MOST_SERVICES) {
            return new OfOne(
                    null,
                    new Refused(
                            "service", Problem.conflict("A subscriber has at most " + MOST_SERVICES + " services.")));
        }
        if (known != null) {
            new Revision(known.version()).requireMatch(edit.ifMatch());
        }
        ServiceId type = edit.type() != null ? edit.type() : known != null ? known.type() : edit.id();
        Merged merged = merged(
                known == null ? Attributes.NONE : known.attributes(),
                edit.attributes(),
                types.of(type.value()),
                subscriber,
                edit.id().value());
        if (merged.refusal() != null) {
            return new OfOne(null, merged.refusal());
        }
        if (known != null && known.type().equals(type) && known.attributes().equals(merged.attributes())) {
            return new OfOne(null, null);
        }
        return new OfOne(
                new Service(
                        subscriber,
                        edit.id(),
                        type,
                        merged.attributes(),
                        known == null ? now : known.createdAt(),
                        now,
                        by,
                        known == null ? 0 : known.version() + 1),
                null);
    }

    private record Merged(Attributes attributes, @Nullable Refused refusal) {}

    private Merged merged(
            Attributes before, ObjectNode patch, ServiceType type, SubscriberId subscriber, String service) {
        String part = service.isEmpty() ? "attributes" : "service";
        var complaint = type.complaint(patch);
        if (complaint.isPresent()) {
            String path = "." + complaint.get().path();
            return new Merged(
                    before,
                    new Refused(
                            part + path,
                            Problem.invalid("attributes" + path, complaint.get().why())));
        }
        Attributes after = patch.isEmpty() ? before : before.merged(patch, type, vault(subscriber, service), now);
        if (after.size() > ServiceType.LARGEST) {
            return new Merged(
                    before,
                    new Refused(
                            part,
                            Problem.invalid("attributes", "take more than " + ServiceType.LARGEST + " characters")));
        }
        return new Merged(after, null);
    }

    private Attributes.Vault vault(SubscriberId subscriber, String service) {
        return new Attributes.Vault() {
            @Override
            public String seal(String path, String clear) {
                return cipher.seal(clear, context(path));
            }

            @Override
            public boolean holds(String path, String sealed, String clear) {
                try {
                    return cipher.open(sealed, context(path)).equals(clear);
                } catch (UnreadableSecret e) {
                    // sealed with a key that is gone: it holds nothing any more, and is replaced
                    return false;
                }
            }

            private String context(String path) {
                return new SecretAttribute(tenant, subscriber.value(), service, path).context();
            }
        };
    }

    private static Optional<Problem> presence(String what, Object id, boolean known, Presence presence) {
        return switch (presence) {
            case NEW ->
                known ? Optional.of(Problem.conflict("There is a " + what + " " + id + " already.")) : Optional.empty();
            case KNOWN -> known ? Optional.empty() : Optional.of(Problem.notFound(what, id));
            case ANY -> Optional.empty();
        };
    }

    private static String field(Wish wish) {
        return switch (wish.claim().kind()) {
            case DEVICE -> "deviceId";
            case SERIAL -> "serialNumber";
            case MAC -> "mac";
            case CIRCUIT -> "circuitId";
        };
    }
}
