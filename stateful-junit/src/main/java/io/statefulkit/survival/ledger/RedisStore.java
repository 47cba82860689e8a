package io.statefulkit.survival.ledger;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Rows in a hash of a Redis or Valkey server. A field is the identity of a row, its value has a line for each time it was written: a
 * duplicate shows.
 */
public final class RedisStore implements Store {

    private final InetSocketAddress address;
    private final Supplier<String> password;
    private final String run;

    /**
     * Rows of one run, in the key {@code statefulkit_ledger_<run>}.
     *
     * @param address of the server, or of what leads to the current one
     * @param password asked for at each connection; empty for none
     * @param run the name of the run: lower-case letters and digits
     */
    public RedisStore(InetSocketAddress address, Supplier<String> password, String run) {
        this.address = address;
        this.password = password;
        this.run = RunName.check(run);
    }

    @Override
    public String name() {
        return "statefulkit_ledger_" + run;
    }

    private String mark() {
        return "statefulkit_identity_" + run;
    }

    @Override
    public List<Hazard> prepare() {
        return call("prepare the key " + name(), connection -> {
            if (!connection.call("EXISTS", name()).equals(0L)) {
                throw new IOException("it exists");
            }
            connection.call("SET", mark(), UUID.randomUUID().toString());
            return hazards(setting(connection, "appendonly"), setting(connection, "appendfsync"));
        });
    }

    private static String setting(Resp connection, String name) throws IOException {
        try {
            List<String> pair = connection.list("CONFIG", "GET", name);
            return pair.size() == 2 ? pair.get(1) : "unknown";
        } catch (Resp.RefusedException e) {
            return "unknown";
        }
    }

    /**
     * With {@code everysec}, what was acknowledged is written behind the scenes: while a slow disk keeps the server waiting, it may be two
     * seconds that a kill takes away.
     */
    static List<Hazard> hazards(String appendOnly, String appendFsync) {
        List<Hazard> hazards = new ArrayList<>();
        if (!appendOnly.equals("yes")) {
            hazards.add(Hazard.whenKilled("appendonly = " + appendOnly));
        } else if (!appendFsync.equals("always")) {
            hazards.add(Hazard.whenKilled("appendfsync = " + appendFsync));
        }
        return hazards;
    }

    @Override
    public Session open() {
        try {
            Resp connection = connect();
            return whole(connection, () -> RedisSession.over(connection, name(), mark(), run));
        } catch (IOException e) {
            throw new StoreException("cannot connect", e);
        }
    }

    private Resp connect() throws IOException {
        String secret = password.get();
        Resp connection = Resp.connect(address);
        return whole(connection, () -> {
            if (!secret.isEmpty()) {
                connection.call("AUTH", secret);
            }
            return connection;
        });
    }

    /** A connection that does not get as far as that is closed: in an outage, writers try again hundreds of times a second. */
    private static <T> T whole(Resp connection, Beginning<T> beginning) throws IOException {
        try {
            return beginning.run();
        } catch (IOException | RuntimeException e) {
            try {
                connection.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** Redis has no identity that belongs to its files, so the run leaves one in them. */
    @Override
    public String identity() {
        return call("ask for the identity", connection -> {
            String mark = connection.call("GET", mark()).toString();
            return mark.isEmpty() ? "none: the key " + mark() + " is gone" : mark;
        });
    }

    @Override
    public void drop() {
        call("drop the key " + name(), connection -> connection.call("DEL", name(), mark()));
    }

    private <T> T call(String what, Task<T> task) {
        try (Resp connection = connect()) {
            return task.run(connection);
        } catch (IOException e) {
            throw new StoreException("cannot " + what, e);
        }
    }

    @FunctionalInterface
    private interface Beginning<T> {
        T run() throws IOException;
    }

    @FunctionalInterface
    private interface Task<T> {
        T run(Resp connection) throws IOException;
    }
}
