package io.statefulkit.handle;

/**
 * A server that runs another image on a new volume; the volume before it is kept, untouched since its server stopped.
 *
 * @param handle the handle of what is deployed now
 * @param oldVolume the name of the volume before it: {@code Released}, with reclaim policy {@code Retain}
 * @param newVolume the name of the volume that is used now
 */
public record Upgraded(PostgresHandle handle, String oldVolume, String newVolume) {}
