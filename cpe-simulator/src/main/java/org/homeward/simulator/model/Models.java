package org.homeward.simulator.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The data models at hand: two of our own, and any from a file. */
public final class Models {
    private Models() {}

    private static final class Tr181 {
        static final BaseModel MODEL = resource("tr181-gateway.model");
    }

    private static final class Tr098 {
        static final BaseModel MODEL = resource("tr098-gateway.model");
    }

    /** A home gateway with two radios, as TR-181 ({@code Device.}) describes it. */
    public static BaseModel tr181() {
        return Tr181.MODEL;
    }

    /** A home gateway as TR-098 ({@code InternetGatewayDevice.}) describes it. */
    public static BaseModel tr098() {
        return Tr098.MODEL;
    }

    /**
     * Loads a model from a file: {@code .csv} in the form of a GenieACS export, anything else in our own.
     *
     * @throws UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException when it makes no sense; the message names the line
     */
    public static BaseModel load(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String name = file.getFileName().toString();
            return name.endsWith(".csv") ? CsvTree.read(name, lines) : ModelFile.read(name, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the data model " + file, e);
        }
    }

    private static BaseModel resource(String name) {
        try (InputStream in = Models.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return ModelFile.read(name, reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
