package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.apply.ClaimNotes;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
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
import java.util.stream.Collectors;

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
     */
    public record Moved(Place place, String oldVolume, String newVolume) {}

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
            copy(server, hold);
            String claim = template + "-" + place.name() + "-" + LiveWorkload.firstOrdinal(live);
            return switchTo(next, objects, server, claim);
        }
    }

    private Moved switchTo(StatefulPostgres next, List<HasMetadata> objects, NextServer server, String claim) {
        Place place = client.server().place();
        ClaimSwap swap = new ClaimSwap(place);
        String oldVolume = swap.claim(claim).getSpec().getVolumeName();
        String newVolume = swap.claim(server.claim()).getSpec().getVolumeName();
        try {
            server.stop();
            new Undeploying(place).stop();
            swap.swap(claim, server.claim());
            return new Moved(deployed(next, objects), oldVolume, newVolume);
        } catch (RuntimeException e) {
            throw new UpgradeException(
                    place.ref() + " was copied, but could not be switched to " + server.image() + ": " + e.getMessage(),
                    "the old data is on volume " + oldVolume + ", the new data on volume " + newVolume
                            + "; both are complete, and whichever claim " + claim + " is bound to is used; as long as"
                            + " the old server runs it may refuse writes (alter database .. reset"
                            + " default_transaction_read_only)",
                    e);
        }
    }

    private void copy(NextServer server, UpgradeHold hold) {
        try {
            server.start();
            copyWithoutWrites(server);
        } catch (RuntimeException e) {
            undo(() -> server.discard(hold), e);
            throw new UpgradeException(
                    "the data of " + client.server().place().ref() + " could not be copied: " + e.getMessage(),
                    e.getSuppressed().length == 0
                            ? "as before: the server runs, and nothing is left of the attempt"
                            : "the server is as before but may refuse writes (alter database .. reset"
                                    + " default_transaction_read_only), and pod " + server.pod() + " or claim "
                                    + server.claim() + " may be left: " + e.getSuppressed()[0].getMessage(),
                    e);
        }
    }

    /** Only a copy that has begun is undone: that ends all sessions, and a new server that does not even start must not cost them. */
    private void copyWithoutWrites(NextServer server) {
        try {
            readOnly(true);
            server.copy(Shell.address(new Shell(client.server().place()).pod(0)));
        } catch (RuntimeException e) {
            undo(() -> readOnly(false), e);
            throw e;
        }
    }

    private static void undo(Runnable step, RuntimeException failure) {
        try {
            Uninterrupted.run(step);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** What is written after a dump has begun would be lost. Sessions are ended, since a setting holds for new ones. */
    private void readOnly(boolean on) {
        String change = on ? " set default_transaction_read_only = on" : " reset default_transaction_read_only";
        String databases = "select datname from pg_database where datallowconn and not datistemplate";
        String statements = client.psqlIn("template1", databases)
                .lines()
                .map(name -> "alter database " + PostgresClient.quoted(name) + change + ";")
                .collect(Collectors.joining("\n", "set default_transaction_read_only = off;\n", "\n"));
        client.psqlIn(
                "template1",
                statements + "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid()");
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
