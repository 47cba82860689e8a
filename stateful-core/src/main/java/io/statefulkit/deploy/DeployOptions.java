package io.statefulkit.deploy;

import io.statefulkit.lint.Rule;
import java.util.Map;

/**
 * How to deploy.
 *
 * @param patience how long to wait
 * @param progress told what happens
 * @param force whether fields that somebody else owns are taken over
 * @param adopt whether claims are used that were not retained by an earlier deployment of the same name
 * @param recreate whether the object that runs the pods is replaced where a change cannot be made in place
 * @param allowed rules that are not looked at before a deployment, with the reasons
 */
public record DeployOptions(
        Patience patience,
        ProgressListener progress,
        boolean force,
        boolean adopt,
        boolean recreate,
        Map<Rule, String> allowed) {

    /** Copies the rules. */
    public DeployOptions {
        allowed = Map.copyOf(allowed);
    }

    /** Returns the defaults: five minutes, silently, nothing is taken over, adopted or recreated, all rules count. */
    public static DeployOptions defaults() {
        return new DeployOptions(Patience.defaults(), ProgressListener.none(), false, false, false, Map.of());
    }

    /** Returns the same with another patience. */
    public DeployOptions with(Patience other) {
        return new DeployOptions(other, progress, force, adopt, recreate, allowed);
    }

    /** Returns the same with another listener. */
    public DeployOptions with(ProgressListener other) {
        return new DeployOptions(patience, other, force, adopt, recreate, allowed);
    }

    /** Returns the same, taking over fields that somebody else owns. */
    public DeployOptions forceConflicts() {
        return new DeployOptions(patience, progress, true, adopt, recreate, allowed);
    }

    /** Returns the same, using claims that are there already. */
    public DeployOptions adoptClaims() {
        return new DeployOptions(patience, progress, force, true, recreate, allowed);
    }

    /** Returns the same, replacing the object that runs the pods where a change cannot be made in place. */
    public DeployOptions recreating() {
        return new DeployOptions(patience, progress, force, adopt, true, allowed);
    }

    /** Returns the same, not looking at these rules. */
    public DeployOptions allowing(Map<Rule, String> rules) {
        return new DeployOptions(patience, progress, force, adopt, recreate, rules);
    }
}
