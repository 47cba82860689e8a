package io.statefulkit.survival.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.StepResult;

/**
 * A result for programs. The format has a version: within one, fields are added and never changed or taken away.
 *
 * <p>Version 1: {@code version, subject, run, seed, verdict, reasons[], rows{class: count}, lost (intervals),
 * steps[{disruption, recovered, proofs[], outageMillis, outageResolutionMillis, outageMeasurable, outageClientLimited, acknowledged, lost,
 * evidence[{what, before, after, met}], recovery[{stage, afterMillis}]}], facts[{name, value}], events[{time, type, object, reason, message}]}. The
 * stages of a recovery are counted from the moment the disruption acted; of events there are the newest 500.
 */
public final class JsonReport {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonReport() {}

    /** The result, pretty-printed. */
    public static String of(ReportInput input) {
        ObjectNode report = JSON.createObjectNode()
                .put("version", VERSION)
                .put("subject", input.subject())
                .put("run", input.run())
                .put("seed", input.seed());
        Judge.Result result = input.result();
        report.put("verdict", result.judgement().verdict().name());
        ArrayNode reasons = report.putArray("reasons");
        result.judgement().reasons().forEach(reasons::add);
        ObjectNode rows = report.putObject("rows");
        for (ElementClass elementClass : ElementClass.values()) {
            rows.put(elementClass.name(), result.findings().count(elementClass));
        }
        report.put("lost", result.findings().of(ElementClass.LOST).toString());
        ArrayNode steps = report.putArray("steps");
        result.steps().forEach(step -> steps.add(step(input, step)));
        ArrayNode facts = report.putArray("facts");
        input.surroundings()
                .facts()
                .forEach(fact -> facts.addObject().put("name", fact.name()).put("value", fact.value()));
        ArrayNode events = report.putArray("events");
        Excerpts.of(input.surroundings().events())
                .forEach(event -> events.addObject()
                        .put("time", event.time())
                        .put("type", event.type())
                        .put("object", event.object())
                        .put("reason", event.reason())
                        .put("message", event.message()));
        return report.toPrettyString() + "\n";
    }

    private static ObjectNode step(ReportInput input, StepResult step) {
        ObjectNode node = JSON.createObjectNode()
                .put("disruption", step.happening().disruption())
                .put("recovered", step.happening().isRecovered());
        ArrayNode proofs = node.putArray("proofs");
        step.happening().proofs().stream().map(Proof::toString).sorted().forEach(proofs::add);
        node.put("outageMillis", step.outage().length().toMillis())
                .put("outageResolutionMillis", step.outage().resolution().toMillis())
                .put("outageMeasurable", step.outage().isMeasurable())
                .put("outageClientLimited", step.outage().isClientLimited())
                .put("acknowledged", step.acknowledged())
                .put("lost", step.lost().size());
        ArrayNode evidence = node.putArray("evidence");
        for (Evidence each : step.happening().evidence()) {
            evidence.addObject()
                    .put("what", each.what())
                    .put("before", each.before())
                    .put("after", each.after())
                    .put("met", each.met());
        }
        ArrayNode recovery = node.putArray("recovery");
        Waterfall.of(input, step)
                .stages()
                .forEach(stage -> recovery.addObject()
                        .put("stage", stage.name())
                        .put("afterMillis", stage.after().toMillis()));
        return node;
    }
}
