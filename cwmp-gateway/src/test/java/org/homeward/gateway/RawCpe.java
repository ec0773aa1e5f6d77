package org.homeward.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.homeward.contracts.DeviceKey;
import org.jspecify.annotations.Nullable;

/** A CPE by hand: says what it is told to, byte by byte, over a connection that it opens and closes when told to. */
public final class RawCpe implements AutoCloseable {

    private final int port;
    private final String serial;
    private Socket socket = new Socket();
    private @Nullable String cookie;
    private @Nullable String authorization;
    private String path = "/";

    public RawCpe(int port, String serial) {
        this.port = port;
        this.serial = serial;
        connect();
    }

    /** A response as it came. */
    public record Response(int status, List<String> headers, String body) {
        public String header(String name) {
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** What stands in the ID header of its envelope. */
        public String id() {
            return between(body, "<cwmp:ID SOAP-ENV:mustUnderstand=\"1\">", "</cwmp:ID>");
        }
    }

    /** Empty where it is not. */
    public static String between(String text, String from, String to) {
        int start = text.indexOf(from);
        return start < 0 ? "" : text.substring(start + from.length(), text.indexOf(to, start + from.length()));
    }

    public DeviceKey key() {
        return DeviceKey.parse("default/00AABB-HG-" + serial);
    }

    public RawCpe reconnect() {
        close();
        connect();
        return this;
    }

    public RawCpe cookie(@Nullable String value) {
        cookie = value;
        return this;
    }

    public @Nullable String cookie() {
        return cookie;
    }

    public RawCpe authorization(@Nullable String value) {
        authorization = value;
        return this;
    }

    public RawCpe path(String value) {
        path = value;
        return this;
    }

    private void connect() {
        try {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            socket.setSoTimeout(20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Response inform(String... events) {
        Response response = post(informXml("1", events));
        String set = response.header("Set-Cookie");
        if (!set.isEmpty()) {
            cookie = set.substring(0, set.indexOf(';'));
        }
        return response;
    }

    public Response empty() {
        return post("");
    }

    public String informXml(String id, String... events) {
        StringBuilder list = new StringBuilder();
        for (String event : events) {
            list.append("<EventStruct><EventCode>")
                    .append(event)
                    .append("</EventCode><CommandKey></CommandKey></EventStruct>");
        }
        return envelope(
                id,
                "<cwmp:Inform><DeviceId><Manufacturer>Acme</Manufacturer><OUI>00AABB</OUI><ProductClass>HG</ProductClass>"
                        + "<SerialNumber>" + serial + "</SerialNumber></DeviceId><Event>" + list
                        + "</Event><MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-11-21T10:00:00Z</CurrentTime>"
                        + "<RetryCount>0</RetryCount><ParameterList><ParameterValueStruct><Name>Device.DeviceInfo.SoftwareVersion</Name>"
                        + "<Value xsi:type=\"xsd:string\">1.0</Value></ParameterValueStruct></ParameterList></cwmp:Inform>");
    }

    public static String envelope(String id, String body) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:cwmp=\"urn:dslforum-org:cwmp-1-0\"><soap:Header><cwmp:ID soap:mustUnderstand=\"1\">" + id
                + "</cwmp:ID></soap:Header><soap:Body>" + body + "</soap:Body></soap:Envelope>";
    }

    public Response post(String xml, String... headers) {
        return post(xml.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Response post(byte[] body, String... headers) {
        send(body, headers);
        return receive();
    }

    public void send(byte[] body, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: acs\r\n");
        if (cookie != null) {
            head.append("Cookie: ").append(cookie).append("\r\n");
        }
        if (authorization != null) {
            head.append("Authorization: ").append(authorization).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        write(body);
    }

    public void write(byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Response receive() {
        try {
            InputStream in = socket.getInputStream();
            String status = line(in);
            if (status == null) {
                return new Response(0, List.of(), "");
            }
            List<String> headers = new ArrayList<>();
            int length = 0;
            for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
                headers.add(line);
                if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            byte[] body = in.readNBytes(length);
            return new Response(
                    Integer.parseInt(status.split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other side has closed the connection; waits for what comes next. */
    public boolean isClosedByAcs() {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
