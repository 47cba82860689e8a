package io.statefulkit.deploy;

/**
 * How to deploy.
 *
 * @param patience how long to wait
 * @param progress told what happens
 * @param force whether fields that somebody else owns are taken over
 * @param adopt whether claims are used that were not retained by an earlier deployment of the same name
 */
public record DeployOptions(Patience patience, ProgressListener progress, boolean force, boolean adopt) {

    /** Returns the defaults: five minutes, silently, nothing is taken over and nothing adopted. */
    public static DeployOptions defaults() {
        return new DeployOptions(Patience.defaults(), ProgressListener.none(), false, false);
    }

    /** Returns the same with another patience. */
    public DeployOptions with(Patience other) {
        return new DeployOptions(other, progress, force, adopt);
    }

    /** Returns the same with another listener. */
    public DeployOptions with(ProgressListener other) {
        return new DeployOptions(patience, other, force, adopt);
    }

    /** Returns the same, taking over fields that somebody else owns. */
    public DeployOptions forceConflicts() {
        return new DeployOptions(patience, progress, true, adopt);
    }

    /** Returns the same, using claims that are there already. */
    public DeployOptions adoptClaims() {
        return new DeployOptions(patience, progress, force, true);
    }
}
