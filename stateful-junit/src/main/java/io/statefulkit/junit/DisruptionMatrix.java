package io.statefulkit.junit;

import io.statefulkit.survival.LedgerKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries out {@link DisruptionTest}. */
final class DisruptionMatrix implements TestTemplateInvocationContextProvider {

    private final FailedSeeds failed;
    private final MatrixPlan plan;

    DisruptionMatrix() {
        this(FailedSeeds.here(), MatrixPlan.here());
    }

    DisruptionMatrix(FailedSeeds failed, MatrixPlan plan) {
        this.failed = failed;
        this.plan = plan;
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        DisruptionTest test = AnnotationSupport.findAnnotation(context.getElement(), DisruptionTest.class)
                .orElseThrow();
        SettingSources settings = SettingSources.ofThisJvm(context::getConfigurationParameter);
        String name = context.getRequiredTestClass().getName() + "#"
                + context.getRequiredTestMethod().getName();
        List<DisruptionCell> cells = Optional.of(settings.text(SettingKey.REPLAY, ""))
                .filter(file -> !file.isEmpty())
                .flatMap(file -> new MatrixPlan(Path.of(file)).of(name))
                .orElseGet(() -> cells(test, settings.seed(test.seed()), name));
        plan.write(name, cells);
        return IntStream.range(0, cells.size())
                .mapToObj(i -> new Cell(cells.get(i), i + 1, name, failed, test.inconclusive()));
    }

    /** Those that failed the last time come first. */
    private List<DisruptionCell> cells(DisruptionTest test, Optional<Long> given, String name) {
        SplittableRandom random = given.map(SplittableRandom::new).orElseGet(SplittableRandom::new);
        List<DisruptionCell> again = new ArrayList<>();
        List<DisruptionCell> others = new ArrayList<>();
        for (Row row : rows(test)) {
            for (int run = 1; run <= test.repeat(); run++) {
                DisruptionCell cell = new DisruptionCell(
                        row.disrupt().disruption(), row.ledger(), run, test.repeat(), random.nextLong());
                OptionalLong last = given.isPresent() ? OptionalLong.empty() : failed.of(Cell.id(name, cell));
                if (last.isPresent()) {
                    again.add(cell.withSeed(last.getAsLong()));
                } else {
                    others.add(cell);
                }
            }
        }
        again.addAll(others);
        if (again.isEmpty()) {
            throw new ExtensionConfigurationException(name + " names no disruption, or is repeated less than once");
        }
        return again;
    }

    /** Those that concern a whole node come after all others. */
    private static List<Row> rows(DisruptionTest test) {
        return Arrays.stream(test.value())
                .sorted(Comparator.comparing(Disrupt::isOfNode))
                .flatMap(disrupt -> Arrays.stream(test.ledgers()).map(ledger -> new Row(disrupt, ledger)))
                .toList();
    }

    private record Row(Disrupt disrupt, LedgerKind ledger) {}

    private record Cell(
            DisruptionCell cell, int index, String test, FailedSeeds failed, DisruptionTest.Inconclusive inconclusive)
            implements TestTemplateInvocationContext {

        static String id(String test, DisruptionCell cell) {
            return test + ": " + cell.key();
        }

        @Override
        public String getDisplayName(int invocation) {
            return cell.displayName(index);
        }

        private static boolean isOfNode(DisruptionCell cell) {
            return Arrays.stream(Disrupt.values())
                    .filter(Disrupt::isOfNode)
                    .anyMatch(disrupt ->
                            disrupt.disruption().name().equals(cell.disruption().name()));
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(
                    new CellParameters(cell),
                    new NodeTurn(isOfNode(cell)),
                    new CellOutcome(failed, id(test, cell), cell.seed(), inconclusive));
        }
    }
}
