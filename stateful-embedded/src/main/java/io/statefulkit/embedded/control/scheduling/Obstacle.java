package io.statefulkit.embedded.control.scheduling;

/**
 * Why a pod cannot go to a node.
 *
 * @param text as the event says it, such as {@code Insufficient cpu}
 * @param lasts whether it would be so if no other pod were there
 */
record Obstacle(String text, boolean lasts) {

    static Obstacle ofNode(String text) {
        return new Obstacle(text, true);
    }

    static Obstacle ofOthers(String text) {
        return new Obstacle(text, false);
    }
}
