package io.statefulkit.lint.check;

import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void add(Rule rule, String path, Object... values) {
        all.add(Finding.of(rule, path, values));
    }

    void add(Severity severity, Rule rule, String path, Object... values) {
        all.add(Finding.of(rule, path, values).as(severity));
    }

    List<Finding> all() {
        return all;
    }
}
