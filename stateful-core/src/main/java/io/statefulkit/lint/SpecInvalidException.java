package io.statefulkit.lint;

import java.util.List;

/** A spec was refused. Says all of what is wrong at once, not only the first thing. */
public final class SpecInvalidException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** Make the refusal of {@code what} for these findings. */
    public SpecInvalidException(String what, List<Finding> findings) {
        super(text(what, findings));
        this.findings = List.copyOf(findings);
    }

    /** Return what is wrong. */
    public List<Finding> findings() {
        return findings;
    }

    private static String text(String what, List<Finding> findings) {
        StringBuilder text = new StringBuilder(what)
                .append(" is refused: ")
                .append(findings.size())
                .append(findings.size() == 1 ? " finding" : " findings");
        findings.forEach(finding -> text.append("\n  ").append(finding));
        return text.append("\n(allow(Rule, reason) accepts a finding that does not apply here)")
                .toString();
    }
}
