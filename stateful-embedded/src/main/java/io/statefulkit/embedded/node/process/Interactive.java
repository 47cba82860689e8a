package io.statefulkit.embedded.node.process;

import java.io.OutputStream;

/** A process that a client may type to. */
public interface Interactive {

    /** Returns its input. */
    OutputStream stdin();

    /** Sets the size of its terminal, if it has one by now; returns whether it was set. */
    boolean resize(int columns, int rows);

    /** Returns whether it runs. */
    boolean isAlive();
}
