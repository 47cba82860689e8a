package io.statefulkit.handle;

import java.util.List;

/**
 * A server that runs another image on a new volume; the volume before it is kept, untouched since its server stopped.
 *
 * @param handle the handle of what is deployed now
 * @param oldVolume the name of the volume before it: {@code Released}, with reclaim policy {@code Retain}
 * @param newVolume the name of the volume that is used now
 * @param remarks what could not be copied as it was, a sentence each, such as a collation that the new image does not know
 */
public record Upgraded(PostgresHandle handle, String oldVolume, String newVolume, List<String> remarks) {

    /** Copies the remarks. */
    public Upgraded {
        remarks = List.copyOf(remarks);
    }
}
