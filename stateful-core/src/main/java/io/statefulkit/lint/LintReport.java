package io.statefulkit.lint;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the rules say about some objects.
 *
 * @param findings what is to be looked at, worst first
 * @param allowed what was found and is allowed by its author, with the reason of each rule
 */
public record LintReport(List<Finding> findings, Map<Rule, String> allowed) {

    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::path)
            .thenComparing(Finding::message);

    public LintReport {
        findings = findings.stream().distinct().sorted(ORDER).toList();
        allowed = Map.copyOf(allowed);
    }

    /** Return the same without the rules that the author allows; the reasons of those that were needed are kept. */
    public LintReport allowing(Map<Rule, String> reasons) {
        Map<Rule, String> used = new EnumMap<>(Rule.class);
        used.putAll(allowed);
        findings.stream()
                .map(Finding::rule)
                .filter(reasons::containsKey)
                .forEach(rule -> used.put(rule, reasons.getOrDefault(rule, "")));
        return new LintReport(
                findings.stream()
                        .filter(finding -> !reasons.containsKey(finding.rule()))
                        .toList(),
                used);
    }

    /** Return the findings of this severity. */
    public List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    /** Return which rules were broken. */
    public Set<Rule> rules() {
        return findings.stream().map(Finding::rule).collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    }

    /** Return true if nothing is worse than a remark. */
    public boolean clean() {
        return findings.stream().allMatch(finding -> finding.severity() == Severity.INFO);
    }

    /** Return one line per finding. */
    @Override
    public String toString() {
        return findings.isEmpty()
                ? "no findings"
                : findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
