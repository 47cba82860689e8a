package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.client.PostgresWrites;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an upgrade has left whose program died: databases that refuse writes, and the claim and the pod of the new server. */
record InterruptedUpgrade(PostgresClient client) {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptedUpgrade.class);

    /** Undoes it; returns whether there was something to undo. */
    boolean undo() {
        Place place = client.server().place();
        if (!new PostgresWrites(client).stopped()) {
            return false;
        }
        if (!(new LiveWorkload(place).object() instanceof StatefulSet set)
                || set.getSpec().getVolumeClaimTemplates().isEmpty()) {
            // Its volume is from a set that was being upgraded; nobody can upgrade what it belongs to now.
            return allowWrites();
        }
        NextServer server = NextServer.leftBehind(place, set);
        try (UpgradeHold hold = server.hold()) {
            boolean undone = allowWrites();
            server.discard(hold);
            return undone;
        }
    }

    /** Does the same, but only says so when the other program lives, or this one may not undo anything. */
    void undoIfPossible() {
        try {
            undo();
        } catch (UpgradeException e) {
            LOG.warn(
                    "{} takes no writes for now, since it is being upgraded",
                    client.server().place().ref(),
                    e);
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            LOG.warn(
                    "{} takes no writes since an upgrade was interrupted, and what is left of that may not be removed:"
                            + " call undoInterruptedUpgrade() of its handle with the right to make and delete claims",
                    client.server().place().ref(),
                    e);
        }
    }

    /** Lets databases take writes again that refuse them; returns whether there were any. To be called by who may upgrade. */
    boolean allowWrites() {
        boolean undone = new PostgresWrites(client).allow();
        if (undone) {
            LOG.warn(
                    "an upgrade of {} was interrupted and had left its databases refusing writes: they take them again",
                    client.server().place().ref());
        }
        return undone;
    }
}
