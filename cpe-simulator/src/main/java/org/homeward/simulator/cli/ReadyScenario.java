package org.homeward.simulator.cli;

import org.homeward.simulator.scenario.Scenario.Ready;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A scenario by its name. */
final class ReadyScenario implements ITypeConverter<Ready> {
    @Override
    public Ready convert(String text) {
        try {
            return Ready.named(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
