package io.statefulkit.handle.change;

import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.handle.client.RedisClient;
import io.statefulkit.handle.connection.Heartbeat;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import io.statefulkit.lint.Rule;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns on the append-only file of a server that has only snapshots so far. */
@NotApi
public record RedisAof(RedisClient client) {

    private static final Duration PATIENCE = Duration.ofHours(1);

    /** The rewrite copies all keys into the file; it is waited for in the container, where that costs no requests. */
    private static final String SWITCH = RedisClient.FIND + """
        REDISCLI_AUTH=${REDIS_PASSWORD:-$([ -z "$REDIS_PASSWORD_FILE" ] || cat "$REDIS_PASSWORD_FILE")}
        export REDISCLI_AUTH
        [ "$("$c" -h 127.0.0.1 config set appendonly yes)" = OK ] || { echo "CONFIG SET is refused" >&2; exit 1; }
        while :; do
          i=$("$c" -h 127.0.0.1 info persistence | tr -d '\\r')
          case $i in
            *aof_last_bgrewrite_status:err*) echo "the rewrite has failed: is the volume full?" >&2; exit 1;;
            *aof_enabled:1*aof_rewrite_in_progress:0*aof_rewrite_scheduled:0*) exit 0;;
            *aof_enabled:*) sleep 0.2;;
            *) echo "the server does not answer" >&2; exit 1;;
          esac
        done
        """;

    public Place enable(StatefulRedis before) {
        Place place = client.server().place();
        List<Integer> ordinals = new LiveWorkload(place).ordinals();
        List<String> keys = keys(ordinals);
        for (int ordinal : ordinals) {
            client.server()
                    .run(ordinal, List.of("sh", "-c", Heartbeat.around(SWITCH)), new byte[0], PATIENCE)
                    .orThrow();
        }
        StatefulRedis after = before.withConfig("appendonly", "yes");
        DeployOptions options = DeployOptions.defaults()
                .with(place.waiting().patience())
                .allowing(AllowedRules.of(after, Map.of(Rule.RD01, "the live server writes the file already")));
        // Another word in the file replaces the pods.
        new Deployer(place.client(), place.namespace(), options)
                .deploy(Plan.of(after).resources());
        List<String> found = keys(ordinals);
        if (!found.equals(keys)) {
            throw new IllegalStateException("expected the same keys as before in " + place.ref() + ", " + keys
                    + ", but there are " + found + ": if nobody wrote in between, restore the last backup");
        }
        return new Place(place.client(), place.ref(), place.selector(), place.waiting(), Optional.of(after));
    }

    /** Returns how many keys each server has. */
    private List<String> keys(List<Integer> ordinals) {
        return ordinals.stream().map(ordinal -> client.redis(ordinal, "dbsize")).toList();
    }
}
