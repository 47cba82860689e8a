package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import java.util.List;
import java.util.Map;

/** What this library knows about one kind of server. */
interface Engine {

    static Engine of(StatefulSpec spec) {
        if (spec instanceof StatefulPostgres postgres) {
            return new PostgresEngine(postgres);
        }
        if (spec instanceof StatefulMySql mysql) {
            return new MySqlEngine(mysql);
        }
        if (spec instanceof StatefulRedis redis) {
            return new RedisEngine(redis);
        }
        return new ProgramEngine((StatefulWorkload) spec);
    }

    /** Return the server's container and what it reads. */
    Server server();

    /** Return how its dumps are made and its SQL is run. */
    ClientKit clientKit();

    /** Return the variables with which a client reaches the server at this host. */
    List<EnvVar> client(String host);

    /**
     * Return the files of the server's configuration as they are without a word of their author, by name; they are in the
     * ConfigMap of its configuration, and read when the server starts.
     */
    default Map<String, String> ownConfig() {
        return Map.of();
    }

    /** Return what runs in the server's container before it is told to stop; nothing if the signal does all. */
    default List<String> beforeStop() {
        return List.of();
    }

    /** Return the command that writes a dump to its standard output, in the server's container; empty if there is none. */
    default String dumpToOutput() {
        return "";
    }
}
