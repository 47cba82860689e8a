package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.client.ArchiveProperties;
import io.statefulkit.handle.client.PostgresWrites;
import io.statefulkit.handle.connection.Exec;
import io.statefulkit.handle.connection.Heartbeat;
import io.statefulkit.handle.connection.OneShot;
import io.statefulkit.handle.place.Place;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A server of another image on a new claim, beside the one that runs: it is started to take over all data, and stopped
 * again.
 *
 * @param place the workload
 * @param planned the set that is to be deployed, with the new image
 * @param template the claim template of the data
 */
record NextServer(Place place, StatefulSet planned, String template) {

    private static final Duration PATIENCE = Duration.ofHours(12);

    /**
     * Copies roles, then each database with what belongs to the database itself; a pipe whose first program fails must not look
     * like a success. The new server may not know a collation or a setting of the old one, which must not keep anybody from
     * the data. No dump has statistics for the planner, so they are made.
     */
    private static final String COPY = "set -eu\n" + ArchiveProperties.FUNCTION + """
        from=$1
        user=${POSTGRES_USER:-postgres}
        export PGPASSWORD="${POSTGRES_PASSWORD:-$(cat "$POSTGRES_PASSWORD_FILE")}"
        export PGOPTIONS='-c default_transaction_read_only=off'
        old() { p=$1; shift; "$p" -h "$from" -p 5432 -U "$user" "$@"; }
        new() { psql -X -q -A -t -U "$user" -d template1 "$@"; }
        old pg_dumpall -l template1 --globals-only | new >/tmp/globals.log 2>&1 || :
        old psql -X -A -t -F '|' -d template1 -c "select datname, pg_get_userbyid(datdba) from pg_database
          where datallowconn and datname not in ('template0', 'template1')" >/tmp/databases
        old psql -X -A -t -d template1 -c "select format('database %s allows no connections, and was not copied', datname)
          from pg_database where not datallowconn and datname <> 'template0'"
        [ -s /tmp/databases ] || { echo "the old server has no databases" >&2; exit 1; }
        create() {
          old pg_dump --format=custom --schema-only --file=/tmp/schema -d "$1"
          properties /tmp/schema >/tmp/properties.sql
          new -v ON_ERROR_STOP=1 -f /tmp/properties.sql >/tmp/properties.log 2>&1 && return 0
          if [ -z "$(echo "select 1 from pg_database where datname = :'name'" | new -v name="$1")" ]; then
            createdb -U "$user" --maintenance-db=template1 --template=template0 --owner="$2" "$1"
            echo "database $1 has encoding and collation of the new server: $(grep -m 1 ERROR /tmp/properties.log)"
          fi
          new -f /tmp/properties.sql >/tmp/properties.log 2>&1 || :
          grep ERROR /tmp/properties.log | grep -v "already exists" | while IFS= read -r line; do
            echo "database $1 lacks what the new server refuses: ${line##*ERROR:  }"
          done
        }
        while IFS='|' read -r name owner; do
          dropdb -U "$user" --maintenance-db=template1 --if-exists "$name"
          create "$name" "$owner"
          rm -f /tmp/failed
          { old pg_dump --format=custom -d "$name" || echo "$name" >/tmp/failed; } |
            pg_restore --exit-on-error -U "$user" --dbname="$name"
          [ ! -e /tmp/failed ] || { echo "pg_dump of $name failed" >&2; exit 1; }
          PGDATABASE=$name psql -X -q -U "$user" -c analyze >/tmp/analyze.log 2>&1 ||
            echo "database $name has no statistics for the planner, run analyze: $(head -n 1 /tmp/analyze.log)"
          echo "copied $name"
        done </tmp/databases
        new -v ON_ERROR_STOP=1 <<'SQL'
        """ + PostgresWrites.ALLOW + "SQL\n";

    /** Returns the one that an upgrade of this set would have left that was interrupted. */
    static NextServer leftBehind(Place place, StatefulSet live) {
        var claims = place.client().persistentVolumeClaims().inNamespace(place.namespace());
        List<NextServer> possible = live.getSpec().getVolumeClaimTemplates().stream()
                .map(one -> new NextServer(place, live, one.getMetadata().getName()))
                .toList();
        return possible.stream()
                .filter(one -> claims.withName(one.claim()).get() != null)
                .findFirst()
                .orElseGet(() -> possible.get(0));
    }

    String pod() {
        return place.name() + "-next";
    }

    String claim() {
        return template + "-" + place.name() + "-next";
    }

    /**
     * Takes the right to start it, with a claim for its data.
     *
     * @throws UpgradeException when another program upgrades the workload
     */
    UpgradeHold hold() {
        PersistentVolumeClaim model = planned.getSpec().getVolumeClaimTemplates().stream()
                .filter(one -> one.getMetadata().getName().equals(template))
                .findFirst()
                .orElseThrow();
        return UpgradeHold.take(place, claim(), model.getSpec(), pod(), UpgradeHold.PATIENCE);
    }

    /** Starts it and waits until it is ready. */
    void start() {
        var client = place.client();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(pod())
                .withLabels(OneShot.labels(place.selector()))
                .addToLabels("statefulkit.dev/next", place.name())
                .endMetadata()
                .withSpec(spec())
                .build();
        var pods = client.pods().inNamespace(place.namespace());
        pods.resource(pod).create();
        Pod seen = pods.withName(pod())
                .waitUntilCondition(
                        now -> now == null
                                || Pods.ready(now)
                                || !OneShot.hopeless(now).isEmpty(),
                        place.waiting().patience().timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        if (seen == null || !Pods.ready(seen)) {
            throw new IllegalStateException("the new server " + pod() + " does not start: "
                    + (seen == null ? "somebody has deleted its pod" : OneShot.hopeless(seen)));
        }
    }

    /** The server alone: sidecars have work to do only where clients are. */
    private PodSpec spec() {
        PodSpec whole = planned.getSpec().getTemplate().getSpec();
        Container server = whole.getContainers().get(0);
        List<String> mounted =
                server.getVolumeMounts().stream().map(mount -> mount.getName()).toList();
        return new PodSpecBuilder(whole)
                .withInitContainers()
                .withContainers(server)
                .withVolumes(whole.getVolumes().stream()
                        .filter(volume -> mounted.contains(volume.getName()))
                        .toList())
                .addNewVolume()
                .withName(template)
                .withNewPersistentVolumeClaim(claim(), false)
                .endVolume()
                .build();
    }

    String image() {
        return planned.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
    }

    /** Copies everything from the server at this address; returns what could not be copied as it was. */
    List<String> copy(String address) {
        Container server =
                planned.getSpec().getTemplate().getSpec().getContainers().get(0);
        List<String> command = List.of("sh", "-c", Heartbeat.around(COPY), "statefulkit-upgrade", address);
        return new Exec(place.client(), place.namespace())
                .run(pod(), server.getName(), command, PATIENCE)
                .orThrow()
                .stdout()
                .lines()
                .filter(line -> line.startsWith("database "))
                .toList();
    }

    /** Stops it gracefully and waits for its end; its claim stays. */
    void stop() {
        var pod = place.client().pods().inNamespace(place.namespace()).withName(pod());
        pod.delete();
        pod.waitUntilCondition(
                Objects::isNull, place.waiting().patience().timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Removes what is left of an attempt. */
    void discard(UpgradeHold hold) {
        hold.discard(place.client()
                .pods()
                .inNamespace(place.namespace())
                .withName(pod())
                .get());
    }
}
