package org.homeward.provisioning.plan;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.homeward.contracts.wakeup.UdpBinding;
import org.homeward.contracts.wakeup.XmppPresence;
import org.jspecify.annotations.Nullable;

/**
 * What leads to a device besides its ConnectionRequestURL, and how it went when each way was tried.
 *
 * @param udpAddress UDPConnectionRequestAddress as the device says it, {@code host:port}; empty: never said. Hostile
 * @param jabberId ConnReqJabberID as the device says it; empty: never said. Hostile
 * @param account JID of the account that we gave it; empty: none
 * @param binding what a STUN connector last told; null for nothing
 * @param presence what the XMPP connector last told; null for nothing
 * @param trials by way, of those that were ever tried
 */
public record Contacts(
        String udpAddress,
        String jabberId,
        String account,
        @Nullable UdpBinding binding,
        @Nullable XmppPresence presence,
        Map<Transport, Trial> trials) {

    public static final Contacts NONE = new Contacts("", "", "", null, null, Map.of());

    @SuppressWarnings("ConstantValue") // what is empty is not written
    public Contacts {
        udpAddress = udpAddress == null ? "" : udpAddress;
        jabberId = jabberId == null ? "" : jabberId;
        account = account == null ? "" : account;
        trials = trials == null ? Map.of() : Map.copyOf(trials);
    }

    /**
     * How it went by one way.
     *
     * @param worked when it last brought a session; null for never
     * @param address where the way led then
     * @param failed when it last came to nothing; null for never
     * @param cause why it came to nothing, for people
     */
    public record Trial(
            @Nullable Instant worked,
            String address,
            @Nullable Instant failed,
            String cause) {

        static final Trial NONE = new Trial(null, "", null, "");

        @SuppressWarnings("ConstantValue") // what is empty is not written
        public Trial {
            address = address == null ? "" : address;
            cause = cause == null ? "" : cause;
        }

        /** Whether the last time it was tried it brought a session. */
        public boolean worksNow() {
            return worked != null && (failed == null || failed.isBefore(worked));
        }
    }

    public Trial trial(Transport transport) {
        return trials.getOrDefault(transport, Trial.NONE);
    }

    Contacts saying(String newUdpAddress, String newJabberId) {
        return newUdpAddress.equals(udpAddress) && newJabberId.equals(jabberId)
                ? this
                : new Contacts(newUdpAddress, newJabberId, account, binding, presence, trials);
    }

    Contacts given(String newAccount) {
        return newAccount.equals(account)
                ? this
                : new Contacts(udpAddress, jabberId, newAccount, binding, presence, trials);
    }

    /** A binding that is told of again as it was changes nothing, so that it costs no write. */
    Contacts bound(@Nullable UdpBinding told) {
        return isToldAgain(told) ? this : new Contacts(udpAddress, jabberId, account, told, presence, trials);
    }

    private boolean isToldAgain(@Nullable UdpBinding told) {
        return told == null
                ? binding == null
                : binding != null
                        && told.address().equals(binding.address())
                        && told.partition() == binding.partition()
                        && told.connector().equals(binding.connector())
                        && told.lapsed() == binding.lapsed();
    }

    Contacts present(@Nullable XmppPresence told) {
        return new Contacts(udpAddress, jabberId, account, binding, told, trials);
    }

    Contacts worked(Transport transport, String address, Instant now) {
        Trial before = trial(transport);
        return with(transport, new Trial(now, address, before.failed(), before.cause()));
    }

    Contacts failed(Transport transport, Instant now, String cause) {
        Trial before = trial(transport);
        return with(transport, new Trial(before.worked(), before.address(), now, cause));
    }

    private Contacts with(Transport transport, Trial trial) {
        Map<Transport, Trial> next = new EnumMap<>(Transport.class);
        next.putAll(trials);
        next.put(transport, trial);
        return new Contacts(udpAddress, jabberId, account, binding, presence, next);
    }
}
