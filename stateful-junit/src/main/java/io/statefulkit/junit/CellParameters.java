package io.statefulkit.junit;

import io.statefulkit.survival.disruption.Disruption;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its cell, or what it is to do.
 *
 * @param cell the cell
 */
record CellParameters(DisruptionCell cell) implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DisruptionCell.class || type == Disruption.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Disruption.class ? cell.disruption() : cell;
    }
}
