package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.apply.ClaimNotes;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.client.PostgresWrites;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.Rollouts;
import io.statefulkit.handle.pod.Undeploying;
import io.statefulkit.internal.NotApi;
import io.statefulkit.internal.Uninterrupted;
import io.statefulkit.lint.Rule;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulPostgres;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a PostgreSQL server to another image by dump and restore. The new server runs beside the old one until it has
 * everything; only then the two volumes change places. Until that moment a failure costs nothing but time.
 */
@NotApi
public record Upgrading(PostgresClient client) {

    /**
     * What has become of it.
     *
     * @param place the workload as it is deployed now
     * @param oldVolume the volume before it
     * @param newVolume the volume that is used now
     * @param remarks what could not be copied as it was
     */
    public record Moved(Place place, String oldVolume, String newVolume, List<String> remarks) {}

    /** A server of the new image, beside the one that runs, and the right to start it. */
    private record Attempt(NextServer server, UpgradeHold hold) {}

    /** The claim of the data, its volume, and the one that it gets. */
    private record Volumes(String claim, String old, String fresh) {}

    public Moved to(String image) {
        Place place = client.server().place();
        StatefulPostgres next = place.spec(StatefulPostgres.class).withImage(image);
        List<HasMetadata> objects = Plan.of(next).resources();
        StatefulSet planned = objects.stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(place.ref() + " is no StatefulSet, so its claim is yours: deploy"
                                + " another server, copy with pg_dump and pg_restore, and switch"));
        HasMetadata live = new LiveWorkload(place).object();
        int replicas = LiveWorkload.replicas(live);
        if (replicas != 1) {
            throw new IllegalStateException("expected one replica of " + place.ref() + ", but there are " + replicas
                    + " unrelated databases: move each on its own");
        }
        String template = Names.dataClaim(next.settings().storage());
        NextServer server = new NextServer(place, planned, template);
        try (UpgradeHold hold = server.hold()) {
            Attempt attempt = new Attempt(server, hold);
            List<String> remarks = copy(attempt);
            String claim = template + "-" + place.name() + "-" + LiveWorkload.firstOrdinal(live);
            Volumes volumes = stop(attempt, claim);
            return new Moved(switchTo(next, objects, server, volumes), volumes.old(), volumes.fresh(), remarks);
        }
    }

    /**
     * Lets databases take writes again that another program has left refusing them, and removes the rest of what it has left.
     *
     * @return whether there was something to undo
     * @throws UpgradeException when the program lives
     */
    public boolean undoInterrupted() {
        return new InterruptedUpgrade(client).undo();
    }

    /** Does the same, but only says so when the other program lives, or this one may not undo anything. */
    public void undoIfInterrupted() {
        new InterruptedUpgrade(client).undoIfPossible();
    }

    private PostgresWrites writes() {
        return new PostgresWrites(client);
    }

    /** Stops both servers. If that fails, the old one goes on as before: nothing has been changed yet that cannot be undone. */
    private Volumes stop(Attempt attempt, String claim) {
        Place place = client.server().place();
        ClaimSwap swap = new ClaimSwap(place);
        try {
            if (attempt.hold().takenOver()) {
                throw new IllegalStateException(
                        "another program upgrades it by now, since this one gave no sign of life" + " for "
                                + UpgradeHold.PATIENCE.toSeconds() + " s");
            }
            Volumes volumes = new Volumes(
                    claim,
                    swap.claim(claim).getSpec().getVolumeName(),
                    swap.claim(attempt.server().claim()).getSpec().getVolumeName());
            attempt.server().stop();
            new Undeploying(place).stop();
            return volumes;
        } catch (RuntimeException e) {
            undo(this::startAgain, e);
            undo(() -> allowWritesAfter(attempt), e);
            undo(() -> attempt.server().discard(attempt.hold()), e);
            throw new UpgradeException(
                    place.ref() + " was copied, but could not be stopped: " + e.getMessage(),
                    asBefore(attempt.server(), e),
                    e);
        }
    }

    private void startAgain() {
        Place place = client.server().place();
        StatefulSet there = place.client()
                .apps()
                .statefulSets()
                .inNamespace(place.namespace())
                .withName(place.name())
                .get();
        if (there == null || there.getMetadata().getDeletionTimestamp() != null) {
            StatefulPostgres before = place.spec(StatefulPostgres.class);
            deployed(before, Plan.of(before).resources());
        } else {
            new Rollouts(place).scale(1).await();
        }
    }

    private static String asBefore(NextServer server, RuntimeException failure) {
        return failure.getSuppressed().length == 0
                ? "as before: the server runs, and nothing is left of the attempt"
                : "the server is as before but may not run, or refuse writes (undoInterruptedUpgrade() of its handle, or"
                        + " another upgrade, undoes that), and pod " + server.pod() + " or claim " + server.claim()
                        + " may be left: " + failure.getSuppressed()[0].getMessage();
    }

    private Place switchTo(StatefulPostgres next, List<HasMetadata> objects, NextServer server, Volumes volumes) {
        Place place = client.server().place();
        try {
            new ClaimSwap(place).swap(volumes.claim(), server.claim());
            return deployed(next, objects);
        } catch (RuntimeException e) {
            throw new UpgradeException(
                    place.ref() + " was copied, but could not be switched to " + server.image() + ": " + e.getMessage(),
                    "the old data is on volume " + volumes.old() + ", the new data on volume " + volumes.fresh()
                            + "; both are complete. Whichever claim " + volumes.claim()
                            + " is bound to is used by what is deployed"
                            + " next: the new volume needs " + server.image()
                            + ". If there is no such claim, deploy with"
                            + " that image: the new volume waits for it",
                    e);
        }
    }

    private List<String> copy(Attempt attempt) {
        NextServer server = attempt.server();
        try {
            // Who had the right to upgrade before, and died, has left it so.
            new InterruptedUpgrade(client).allowWrites();
            server.start();
            return copyWithoutWrites(attempt);
        } catch (RuntimeException e) {
            undo(() -> server.discard(attempt.hold()), e);
            throw new UpgradeException(
                    "the data of " + client.server().place().ref() + " could not be copied: " + e.getMessage(),
                    asBefore(server, e),
                    e);
        }
    }

    /**
     * Only a copy that has begun is undone: that ends all sessions, and a new server that does not even start must not cost them.
     * What is written after a dump has begun would be lost.
     */
    private List<String> copyWithoutWrites(Attempt attempt) {
        try {
            writes().stop();
            return attempt.server().copy(Shell.address(new Shell(client.server().place()).pod(0)));
        } catch (RuntimeException e) {
            undo(() -> allowWritesAfter(attempt), e);
            throw e;
        }
    }

    /** A program that has taken over copies, too, and what is written meanwhile would be lost. */
    private void allowWritesAfter(Attempt attempt) {
        if (!attempt.hold().takenOver()) {
            writes().allow();
        }
    }

    private static void undo(Runnable step, RuntimeException failure) {
        try {
            Uninterrupted.run(step);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Place deployed(StatefulPostgres next, List<HasMetadata> objects) {
        Place place = client.server().place();
        DeployOptions options = DeployOptions.defaults()
                .with(place.waiting().patience())
                // The claim is the one that was made for this, whoever made the one before it.
                .adoptClaims()
                .allowing(AllowedRules.of(
                        next,
                        Map.of(
                                Rule.IMG04, "all data was copied into a new volume",
                                Rule.IMG05, "all data was copied into a new volume")));
        new Deployer(place.client(), place.namespace(), options).deploy(objects);
        new ClaimNotes(place.client(), place.namespace()).write(next);
        Place now = new Place(place.client(), place.ref(), place.selector(), place.waiting(), Optional.of(next));
        new PostgresClient(new Server(now, client.server().container())).checkLogin();
        return now;
    }
}
