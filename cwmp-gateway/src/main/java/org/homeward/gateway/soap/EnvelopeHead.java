package org.homeward.gateway.soap;

import org.jspecify.annotations.Nullable;

/**
 * Namespace and headers of an envelope of ours (TR-069 3.5, table 4).
 *
 * @param id null leaves the header out
 * @param holdRequests true says {@code HoldRequests} 1; false leaves the header out, which means the same as 0
 */
public record EnvelopeHead(String namespace, @Nullable String id, boolean holdRequests) {

    private static final int MAX_ID = 32;

    /** The head of an answer: the CPE's namespace and ID, and no ID where it sent none. */
    public static EnvelopeHead answering(EnvelopeFacts facts) {
        return new EnvelopeHead(facts.namespace(), facts.id(), false);
    }

    /**
     * The head of an RPC.
     *
     * @param id 1 to 32 printable ASCII characters
     * @throws IllegalArgumentException for any other id
     */
    public static EnvelopeHead asking(String namespace, String id) {
        if (id.isEmpty() || id.length() > MAX_ID || !id.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("an ID has 1 to " + MAX_ID + " printable ASCII characters");
        }
        return new EnvelopeHead(namespace, id, false);
    }

    public EnvelopeHead holdingRequests() {
        return new EnvelopeHead(namespace, id, true);
    }
}
