package org.homeward.contracts.device;

import org.homeward.contracts.TenantId;

/**
 * The place of a secret among a subscriber's attributes. A sealed secret opens for its own place only, so that nobody
 * who can write to a database or a topic gives one subscriber's password to another.
 *
 * @param service id of the service; empty for an attribute of the subscriber itself
 * @param path names joined by dots
 */
public record SecretAttribute(TenantId tenant, String subscriber, String service, String path) {

    /** What the secret is sealed with besides the key. Ids hold no line breaks, so different places differ. */
    public String context() {
        return String.join("\n", "subscriber", tenant.value(), subscriber, service, path);
    }
}
