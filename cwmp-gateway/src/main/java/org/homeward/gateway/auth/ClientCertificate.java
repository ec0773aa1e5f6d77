package org.homeward.gateway.auth;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.homeward.contracts.DeviceId;
import org.homeward.contracts.DeviceKey;
import org.homeward.contracts.TenantId;
import org.homeward.contracts.session.Authentication;
import org.homeward.contracts.session.Authentication.Credential;
import org.homeward.contracts.session.Authentication.Scheme;
import org.jspecify.annotations.Nullable;

/** Which device a CPE's certificate is for (TR-069 3.3): a device id in its common name, or in a DNS name or URI beside it. */
public final class ClientCertificate {

    private static final int DNS_NAME = 2;
    private static final int URI = 6;

    private ClientCertificate() {}

    /** Null where no name in it is a device id. @param certificate one whose issuer the listener trusts */
    public static @Nullable Principal principal(X509Certificate certificate, TenantId tenant) {
        for (String name : names(certificate)) {
            try {
                DeviceId device = DeviceId.parse(name);
                return new Principal(
                        new Authentication(Scheme.CLIENT_CERTIFICATE, name, Credential.EXPLICIT),
                        new DeviceKey(tenant, device));
            } catch (IllegalArgumentException e) {
                // a name for other purposes
                continue;
            }
        }
        return null;
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                    names.add(name);
                }
            }
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(0) instanceof Integer kind
                            && (kind == DNS_NAME || kind == URI)
                            && alternative.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
            return names;
        } catch (InvalidNameException | CertificateParsingException e) {
            // it proves nobody; the CPE is asked for a password
            return List.of();
        }
    }
}
