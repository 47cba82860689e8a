package io.statefulkit.lint;

/**
 * A rule of keeping data. The letters of its id say what it is about: ST storage, ID identity, SEC secrets and
 * security, IMG images, LC life cycle, BK backups, JB jobs, AP applying, RD Redis. An id is never reused.
 *
 * <p>The texts are data, see {@link #text()}; the guide prints all of them.
 */
public enum Rule {
    ST01(Severity.ERROR, Stage.BUILD),
    ST02(Severity.ERROR, Stage.BUILD),
    ST03(Severity.WARNING, Stage.BUILD),
    ST04(Severity.ERROR, Stage.BUILD),
    ST05(Severity.ERROR, Stage.BUILD),
    ST06(Severity.ERROR, Stage.BUILD),
    ST07(Severity.ERROR, Stage.BUILD),
    ST08(Severity.WARNING, Stage.BUILD),
    ST09(Severity.ERROR, Stage.BUILD),
    ST10(Severity.WARNING, Stage.BUILD),
    ST11(Severity.WARNING, Stage.BUILD),
    ST12(Severity.WARNING, Stage.BUILD_AND_APPLY),
    ST13(Severity.INFO, Stage.BUILD),
    ST14(Severity.ERROR, Stage.BUILD),
    ST15(Severity.ERROR, Stage.BUILD),
    ST16(Severity.INFO, Stage.BUILD_AND_APPLY),
    ST17(Severity.ERROR, Stage.BUILD_AND_APPLY),
    ST18(Severity.WARNING, Stage.BUILD),
    ST19(Severity.ERROR, Stage.APPLY),
    ST20(Severity.WARNING, Stage.BUILD),
    ST21(Severity.ERROR, Stage.BUILD),
    ID01(Severity.ERROR, Stage.BUILD),
    ID02(Severity.ERROR, Stage.BUILD),
    ID03(Severity.ERROR, Stage.BUILD),
    ID04(Severity.ERROR, Stage.BUILD),
    ID05(Severity.WARNING, Stage.BUILD),
    ID06(Severity.WARNING, Stage.BUILD),
    ID07(Severity.ERROR, Stage.BUILD),
    ID08(Severity.ERROR, Stage.BUILD),
    ID09(Severity.WARNING, Stage.BUILD),
    ID10(Severity.WARNING, Stage.BUILD),
    ID11(Severity.INFO, Stage.BUILD),
    SEC01(Severity.ERROR, Stage.BUILD),
    SEC02(Severity.ERROR, Stage.BUILD),
    SEC03(Severity.WARNING, Stage.BUILD),
    SEC04(Severity.WARNING, Stage.BUILD),
    SEC05(Severity.WARNING, Stage.BUILD),
    SEC06(Severity.ERROR, Stage.BUILD),
    SEC07(Severity.ERROR, Stage.BUILD_AND_APPLY),
    SEC08(Severity.WARNING, Stage.BUILD),
    SEC09(Severity.WARNING, Stage.BUILD),
    SEC10(Severity.WARNING, Stage.BUILD),
    SEC11(Severity.ERROR, Stage.BUILD),
    SEC12(Severity.INFO, Stage.BUILD),
    IMG01(Severity.ERROR, Stage.BUILD),
    IMG02(Severity.WARNING, Stage.BUILD),
    IMG03(Severity.WARNING, Stage.BUILD),
    IMG04(Severity.ERROR, Stage.APPLY),
    IMG05(Severity.ERROR, Stage.APPLY),
    IMG06(Severity.ERROR, Stage.BUILD),
    LC01(Severity.ERROR, Stage.BUILD),
    LC02(Severity.ERROR, Stage.BUILD),
    LC03(Severity.WARNING, Stage.BUILD),
    LC04(Severity.ERROR, Stage.BUILD),
    LC05(Severity.WARNING, Stage.BUILD),
    LC06(Severity.WARNING, Stage.BUILD),
    LC07(Severity.WARNING, Stage.BUILD),
    LC08(Severity.WARNING, Stage.BUILD),
    LC09(Severity.WARNING, Stage.BUILD),
    LC10(Severity.WARNING, Stage.BUILD),
    LC11(Severity.WARNING, Stage.BUILD),
    LC12(Severity.WARNING, Stage.BUILD),
    BK01(Severity.ERROR, Stage.BUILD),
    BK02(Severity.WARNING, Stage.BUILD),
    BK03(Severity.WARNING, Stage.BUILD),
    BK04(Severity.ERROR, Stage.BUILD),
    BK05(Severity.WARNING, Stage.BUILD),
    BK06(Severity.WARNING, Stage.BUILD),
    BK07(Severity.ERROR, Stage.BUILD),
    BK08(Severity.ERROR, Stage.BUILD),
    BK09(Severity.ERROR, Stage.BUILD),
    BK10(Severity.WARNING, Stage.BUILD),
    JB01(Severity.WARNING, Stage.BUILD),
    JB02(Severity.WARNING, Stage.BUILD),
    JB03(Severity.WARNING, Stage.BUILD),
    JB04(Severity.ERROR, Stage.BUILD),
    JB05(Severity.WARNING, Stage.BUILD),
    JB06(Severity.ERROR, Stage.BUILD),
    JB07(Severity.ERROR, Stage.BUILD),
    JB08(Severity.WARNING, Stage.BUILD),
    JB09(Severity.WARNING, Stage.BUILD),
    JB11(Severity.WARNING, Stage.BUILD),
    JB12(Severity.INFO, Stage.BUILD),
    AP01(Severity.ERROR, Stage.TEXT),
    AP02(Severity.ERROR, Stage.BUILD_AND_APPLY),
    AP03(Severity.ERROR, Stage.APPLY),
    AP04(Severity.ERROR, Stage.APPLY),
    AP05(Severity.INFO, Stage.APPLY),
    RD01(Severity.ERROR, Stage.BUILD_AND_APPLY),
    RD02(Severity.WARNING, Stage.BUILD);

    private final Severity severity;
    private final Stage stage;

    Rule(Severity severity, Stage stage) {
        this.severity = severity;
        this.stage = stage;
    }

    /** Return how bad a finding of this rule is. */
    public Severity severity() {
        return severity;
    }

    /** Return what the rule has to see. */
    public Stage stage() {
        return stage;
    }

    /** Return why the rule exists, how to follow it, and an example of each way. */
    public RuleText text() {
        return RuleTexts.of(this);
    }
}
