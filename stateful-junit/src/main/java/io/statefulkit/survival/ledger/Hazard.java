package io.statefulkit.survival.ledger;

/**
 * A setting of a database that contradicts the claim that acknowledged rows survive.
 *
 * @param setting the setting, such as {@code fsync = off}
 * @param onlyWhenKilled whether a server that stops in peace keeps all rows all the same, so that only a kill is at odds with it
 */
public record Hazard(String setting, boolean onlyWhenKilled) {

    /** One that is at odds with every claim. */
    public static Hazard always(String setting) {
        return new Hazard(setting, false);
    }

    /** One that is at odds with the claim that a kill is survived. */
    public static Hazard whenKilled(String setting) {
        return new Hazard(setting, true);
    }
}
