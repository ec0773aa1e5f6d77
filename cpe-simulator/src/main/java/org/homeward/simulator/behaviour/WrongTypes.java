package org.homeward.simulator.behaviour;

import java.util.List;

/** The xsi:type that a careless CPE gives a value: always the same one for the same parameter. */
public final class WrongTypes {
    private static final List<String> FOR_TEXT = List.of("xsd:unsignedInt", "xsd:boolean", "xsd:dateTime", "string");
    private static final List<String> FOR_OTHERS = List.of("xsd:string", "xsd:UnsignedInt", "x:int", "");

    private WrongTypes() {}

    /** @param type the right one, an XML Schema local name */
    public static String instead(String path, String type) {
        List<String> choice = type.equals("string") ? FOR_TEXT : FOR_OTHERS;
        return choice.get(Math.floorMod(path.hashCode(), choice.size()));
    }
}
