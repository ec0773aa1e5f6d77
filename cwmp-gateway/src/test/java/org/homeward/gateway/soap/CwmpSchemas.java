package org.homeward.gateway.soap;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** The Broadband Forum's schemas of CWMP, with small stand-ins for those of SOAP. */
final class CwmpSchemas {

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private CwmpSchemas() {}

    /** What is wrong with the envelope by the schema of this version ({@code 1-0} to {@code 1-4}); empty if nothing is. */
    static List<String> problems(String version, String envelope) throws Exception {
        Validator validator = schema(version).newValidator();
        List<String> problems = new ArrayList<>();
        validator.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {
                problems.add(e.getMessage());
            }

            @Override
            public void error(SAXParseException e) {
                problems.add(e.getMessage());
            }

            @Override
            public void fatalError(SAXParseException e) {
                problems.add(e.getMessage());
            }
        });
        try {
            validator.validate(new StreamSource(new StringReader(envelope)));
        } catch (SAXParseException e) {
            problems.add("fatal");
        }
        return problems;
    }

    private static Schema schema(String version) {
        Path folder = Shared.folder("cwmp/bbf");
        return SCHEMAS.computeIfAbsent(version, key -> load(folder, key));
    }

    private static Schema load(Path folder, String version) {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setResourceResolver((type, namespace, publicId, systemId, base) ->
                input(folder, Objects.requireNonNullElse(systemId, Objects.toString(namespace)), systemId));
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, false); // maxOccurs of 5,000 nodes and more
            return factory.newSchema(new Source[] {
                new StreamSource(resource("envelope.xsd"), "http://schemas.xmlsoap.org/soap/envelope/"),
                new StreamSource(Files.newInputStream(folder.resolve("cwmp-" + version + ".xsd")), "cwmp-" + version)
            });
        } catch (SAXException | IOException e) {
            throw new IllegalStateException("schema of CWMP " + version, e);
        }
    }

    private static LSInput input(Path folder, String wanted, String systemId) {
        try {
            DOMImplementationLS dom = (DOMImplementationLS)
                    DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
            LSInput input = dom.createLSInput();
            input.setSystemId(systemId);
            input.setByteStream(open(folder, URI.create(wanted).getPath()));
            return input;
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(wanted, e);
        }
    }

    private static InputStream open(Path folder, String path) throws IOException {
        if (path.endsWith("/soap/envelope/")) {
            return resource("envelope.xsd");
        }
        if (path.endsWith("/soap/encoding/")) {
            return resource("encoding.xsd");
        }
        return Files.newInputStream(folder.resolve(path.substring(path.lastIndexOf('/') + 1)));
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(CwmpSchemas.class.getResourceAsStream("/soap/" + name), name);
    }
}
