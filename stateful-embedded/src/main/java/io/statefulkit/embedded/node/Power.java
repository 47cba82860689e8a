package io.statefulkit.embedded.node;

/** Whether the node is on. While it is off, its workers do nothing and write nothing. Thread-safe. */
final class Power {

    private volatile boolean off;

    boolean off() {
        return off;
    }

    void off(boolean now) {
        off = now;
    }
}
