package io.statefulkit.junit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.survival.LedgerKind;
import io.statefulkit.survival.Reports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What {@link DisruptionTest}s did: their cells in order, each with its seed. Version 1: {@code version, tests{class#method:
 * [{disruption, ledger, run, of, seed}]}}; fields are added within a version, and never changed.
 *
 * @param plan where it is kept
 */
record MatrixPlan(JsonFile plan) {

    private static final int VERSION = 1;

    MatrixPlan(Path file) {
        this(new JsonFile(file));
    }

    /** Beside the reports. */
    static MatrixPlan here() {
        return new MatrixPlan(Reports.directory().resolve("plan.json"));
    }

    void write(String test, List<DisruptionCell> cells) {
        plan.change(all -> {
            all.put("version", VERSION);
            ArrayNode array = all.withObject("/tests").putArray(test);
            cells.forEach(cell -> write(array.addObject(), cell));
            return true;
        });
    }

    private static void write(ObjectNode node, DisruptionCell cell) {
        node.put("disruption", cell.disruption().name())
                .put("ledger", cell.ledger().name())
                .put("run", cell.run())
                .put("of", cell.of())
                .put("seed", Long.toHexString(cell.seed()));
    }

    /**
     * The cells of a test, as they were; none when the plan knows nothing of it.
     *
     * @throws ExtensionConfigurationException when there is no such plan, or it says what there is not
     */
    Optional<List<DisruptionCell>> of(String test) {
        if (!Files.isReadable(plan.file())) {
            throw new ExtensionConfigurationException("the plan " + plan.file() + " cannot be read");
        }
        JsonNode cells = plan.read().path("tests").path(test);
        if (cells.isMissingNode()) {
            return Optional.empty();
        }
        List<DisruptionCell> found = new ArrayList<>();
        cells.forEach(cell -> found.add(cell(test, cell)));
        return Optional.of(found);
    }

    private DisruptionCell cell(String test, JsonNode cell) {
        String name = cell.path("disruption").asText();
        try {
            Disrupt disrupt = Arrays.stream(Disrupt.values())
                    .filter(each -> each.disruption().name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no disruption '" + name + "'"));
            return new DisruptionCell(
                    disrupt.disruption(),
                    LedgerKind.valueOf(cell.path("ledger").asText()),
                    cell.path("run").asInt(1),
                    cell.path("of").asInt(1),
                    Long.parseUnsignedLong(cell.path("seed").asText(), 16));
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(
                    "the plan " + plan.file() + " says what cannot be done in " + test + ": " + e.getMessage(), e);
        }
    }
}
