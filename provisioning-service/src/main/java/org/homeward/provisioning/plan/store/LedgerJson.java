package org.homeward.provisioning.plan.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.UncheckedIOException;
import org.homeward.kit.json.ContractsJson;
import org.homeward.provisioning.plan.Contacts;
import org.homeward.provisioning.plan.DeviceLedger;
import org.homeward.provisioning.plan.Progress;
import org.homeward.provisioning.plan.Reach;
import org.homeward.provisioning.plan.Setup;
import org.homeward.provisioning.reconcile.Leg;

/** Ledgers as JSON. The core carries no annotations; what Jackson must know of it stands here. */
final class LedgerJson {

    private static final ObjectMapper MAPPER = ContractsJson.mapper()
            .copy()
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .addMixIn(Progress.class, Progresses.class)
            .addMixIn(Reach.class, Reaches.class)
            .addMixIn(Contacts.class, NotEmpty.class)
            .addMixIn(Contacts.Trial.class, NotEmpty.class)
            .addMixIn(Setup.State.class, States.class)
            .addMixIn(Leg.class, Legs.class);
    private static final ObjectReader READER = MAPPER.readerFor(DeviceLedger.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(DeviceLedger.class);

    private LedgerJson() {}

    static String write(DeviceLedger ledger) {
        try {
            return WRITER.writeValueAsString(ledger);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DeviceLedger read(String json) {
        try {
            return READER.readValue(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Progress.Due.class, name = "due"),
        @Type(value = Progress.InFlight.class, name = "inFlight"),
        @Type(value = Progress.Held.class, name = "held"),
        @Type(value = Progress.Awaiting.class, name = "awaiting"),
        @Type(value = Progress.Unresolved.class, name = "unresolved")
    })
    private interface Progresses {}

    /** Efforts of before there were several ways have other names; they are read as over, and begun anew. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is", defaultImpl = Reach.Resting.class)
    @JsonSubTypes({
        @Type(value = Reach.Quiet.class, name = "quiet"),
        @Type(value = Reach.Calling.class, name = "trying"),
        @Type(value = Reach.Resting.class, name = "resting")
    })
    private interface Reaches {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Setup.State.Due.class, name = "due"),
        @Type(value = Setup.State.InFlight.class, name = "inFlight"),
        @Type(value = Setup.State.Verified.class, name = "verified"),
        @Type(value = Setup.State.Refused.class, name = "refused")
    })
    private interface States {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Leg.Read.class, name = "read"),
        @Type(value = Leg.ReadAttributes.class, name = "readAttributes"),
        @Type(value = Leg.Write.class, name = "write"),
        @Type(value = Leg.WriteAttributes.class, name = "writeAttributes"),
        @Type(value = Leg.Add.class, name = "add"),
        @Type(value = Leg.Delete.class, name = "delete"),
        @Type(value = Leg.Reboot.class, name = "reboot")
    })
    private interface Legs {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private interface NotEmpty {}
}
