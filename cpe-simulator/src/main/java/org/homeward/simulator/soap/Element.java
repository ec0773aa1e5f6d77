package org.homeward.simulator.soap;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One XML element with its text and children.
 *
 * @param namespace URI, empty for none
 * @param name local name
 * @param attributes by local name
 * @param text the character data directly inside, untrimmed
 */
public record Element(
        String namespace, String name, Map<String, String> attributes, List<Element> children, String text) {

    public Optional<Element> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    /** The text of a child, trimmed; empty when there is no such child. */
    public String childText(String childName) {
        return child(childName).map(c -> c.text.strip()).orElse("");
    }

    public List<Element> children(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).toList();
    }

    public boolean childFlag(String childName) {
        String value = childText(childName);
        return value.equals("1") || value.equals("true");
    }
}
