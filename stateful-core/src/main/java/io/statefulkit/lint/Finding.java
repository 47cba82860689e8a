package io.statefulkit.lint;

/**
 * One place where a rule is broken.
 *
 * @param rule which one
 * @param severity how bad it is here; a rule that can only guess without a cluster is milder then
 * @param path where: {@code StatefulSet/orders}, and where in it
 * @param message what was found
 * @param fix what to do
 */
public record Finding(Rule rule, Severity severity, String path, String message, String fix) {

    /** Return the finding of a rule at its usual severity, with the values of its message. */
    public static Finding of(Rule rule, String path, Object... values) {
        return new Finding(
                rule,
                rule.severity(),
                path,
                rule.text().message(values),
                rule.text().fix());
    }

    /** Return the same finding at another severity. */
    public Finding as(Severity other) {
        return new Finding(rule, other, path, message, fix);
    }

    /** Return one line: severity, rule, path, message, fix. */
    @Override
    public String toString() {
        return "%s %s %s: %s -> %s".formatted(severity, rule, path, message, fix);
    }
}
