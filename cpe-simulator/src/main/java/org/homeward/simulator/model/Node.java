package org.homeward.simulator.model;

/** What stands at a path of the data model. Shared by all devices of a model, so immutable. */
public sealed interface Node {
    boolean writable();

    /**
     * A parameter.
     *
     * @param hidden reads back empty (passwords and keys)
     * @param notification attribute from the factory: 0 off, 1 passive, 2 active
     * @param inInform goes into every Inform
     * @param value from the factory; {@code ${...}} stands for something of the device's own
     */
    record Parameter(
            ParameterType type, boolean writable, boolean hidden, int notification, boolean inInform, String value)
            implements Node {

        public Parameter withValue(String newValue) {
            return new Parameter(type, writable, hidden, notification, inInform, newValue);
        }
    }

    /**
     * An object, a table or an instance in a table.
     *
     * @param table holds numbered instances
     * @param writable for a table: AddObject is allowed; for an instance: DeleteObject is
     */
    record ObjectNode(boolean table, boolean writable) implements Node {}
}
