package io.statefulkit.embedded.control.loop;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Runs controllers: one watch for each kind they need, one serial worker for each controller. */
public final class ControlLoop implements AutoCloseable {

    private final List<Worker> workers = new ArrayList<>();
    private final Map<ResourceType, Feed> feeds = new LinkedHashMap<>();
    private final Map<ResourceType, List<Worker>> listeners = new LinkedHashMap<>();

    /**
     * Prepares the loop; nothing runs before {@link #start()}.
     *
     * @param api where objects are
     * @param controllers what runs
     * @param executor runs reconciles; shutting it down is the caller's affair
     * @param timer runs what waits, in the time of {@code clock}
     * @param clock the time
     */
    public ControlLoop(Api api, List<Controller> controllers, Executor executor, Timer timer, Clock clock) {
        for (Controller controller : controllers) {
            Worker worker = new Worker(controller, executor, timer, clock);
            workers.add(worker);
            controller
                    .watches()
                    .forEach(type -> listeners
                            .computeIfAbsent(type, any -> new ArrayList<>())
                            .add(worker));
        }
        listeners.forEach((type, interested) ->
                feeds.put(type, new Feed(api, type, change -> tell(interested, change), timer, clock)));
    }

    /** Starts to watch. What is there already counts as new. */
    public void start() {
        feeds.values().forEach(Feed::start);
    }

    /** Stops watches and queues; a reconcile that runs goes on to its end. */
    @Override
    public void close() {
        feeds.values().forEach(Feed::close);
        workers.forEach(Worker::close);
    }

    private static void tell(List<Worker> interested, Change change) {
        for (Worker worker : interested) {
            worker.controller().changed(change, worker::add);
        }
    }
}
