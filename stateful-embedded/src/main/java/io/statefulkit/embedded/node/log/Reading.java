package io.statefulkit.embedded.node.log;

import java.io.IOException;

/** One reader's way through a log. Used by one thread at a time. */
interface Reading {

    /** Sends what is new; returns whether more may come. */
    boolean advance() throws IOException;

    /** Sends what was kept back because its line has no end yet. */
    void flush();
}
