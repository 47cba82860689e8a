package io.statefulkit.embedded.api;

/**
 * What a watch asks for; empty texts stand for parameters that were not given.
 *
 * @param labelSelector as in the query parameter
 * @param fieldSelector as in the query parameter
 * @param resourceVersion where to start: empty or {@code 0} replays what is there as ADDED first
 * @param bookmarks whether bookmarks may be sent
 * @param sendInitialEvents whether the initial state is sent and ended by a bookmark
 */
public record WatchOptions(
        String labelSelector,
        String fieldSelector,
        String resourceVersion,
        boolean bookmarks,
        boolean sendInitialEvents) {

    /** Everything, from what is there now. */
    public static final WatchOptions ALL = new WatchOptions("", "", "", false, false);
}
