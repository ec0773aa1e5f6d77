package org.homeward.xmppconnector.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate authority of a test's own, and a server's certificate that it signed. Made with the JDK's keytool.
 *
 * @param ca PEM, to be believed
 */
public record Certificates(Path ca, Path certificate, Path key) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    public static Certificates forDomains(Path directory, String... domains) throws Exception {
        Path store = directory.resolve("certificates.p12");
        Files.deleteIfExists(store);
        keytool(store, "ca", List.of("-dname", "CN=Authority of a test", "-ext", "bc:critical=ca:true"));
        keytool(
                store,
                "server",
                List.of(
                        "-dname",
                        "CN=" + domains[0],
                        "-signer",
                        "ca",
                        "-ext",
                        "san=dns:" + String.join(",dns:", domains)));
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD);
        }
        return new Certificates(
                write(directory.resolve("ca.pem"), "CERTIFICATE", made.getCertificate("ca")),
                write(directory.resolve("server.pem"), "CERTIFICATE", made.getCertificateChain("server")),
                Files.writeString(
                        directory.resolve("server.key"),
                        pem("PRIVATE KEY", made.getKey("server", PASSWORD).getEncoded())));
    }

    private static void keytool(Path store, String alias, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        command.addAll(more);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool made no certificate: " + said);
        }
    }

    private static Path write(Path file, String what, Certificate... chain)
            throws IOException, GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Certificate each : chain) {
            text.append(pem(what, each.getEncoded()));
        }
        return Files.writeString(file, text);
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    /** TLS as somebody has it who believes this authority, such as a device. */
    public SSLContext believing() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
