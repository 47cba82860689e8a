package io.statefulkit.handle.change;

import io.statefulkit.internal.NotApi;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Changes the password of each of several servers, one after another, and knows which one each of them has: when that fails in between,
 * those that have the new one can be given the old one again. For one rotation, and one thread.
 */
@NotApi
public final class EachServer implements Consumer<String> {

    private final Map<Integer, String> current = new LinkedHashMap<>();
    private final Change change;

    /** Changes the password of one server. */
    public interface Change {

        /** Changes it in the server of this ordinal, which takes only its current one until then. */
        void change(int ordinal, String current, String next);
    }

    /**
     * Creates what changes the passwords.
     *
     * @param ordinals those of the servers
     * @param before the password that all of them have
     * @throws IllegalStateException when there is none: the password is in its volume, and nobody can change it there
     */
    public EachServer(List<Integer> ordinals, String before, Change change) {
        if (ordinals.isEmpty()) {
            throw new IllegalStateException("expected a server whose password can be changed, but the workload has no"
                    + " pods: start it with wake() or scale(1) first");
        }
        ordinals.forEach(ordinal -> current.put(ordinal, before));
        this.change = change;
    }

    @Override
    public void accept(String next) {
        for (Map.Entry<Integer, String> server : current.entrySet()) {
            change.change(server.getKey(), server.getValue(), next);
            server.setValue(next);
        }
    }
}
