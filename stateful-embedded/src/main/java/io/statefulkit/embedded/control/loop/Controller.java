package io.statefulkit.embedded.control.loop;

import io.statefulkit.embedded.api.ResourceType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Moves the world towards what objects ask for. One key at a time; whatever it missed, the next change brings it back. */
public interface Controller {

    /** Returns the name, as it appears in events and logs. */
    String name();

    /** Returns the kinds whose changes matter. */
    Set<ResourceType> watches();

    /** Says which keys a change is about. Called on the thread of the watch; must be quick and must not call the API. */
    void changed(Change change, Consumer<Key> queue);

    /**
     * Looks at a key and does what is to be done. An exception brings the key back after a growing delay.
     *
     * @return after how long to look again without a change, if at all
     */
    Optional<Duration> reconcile(Key key);
}
