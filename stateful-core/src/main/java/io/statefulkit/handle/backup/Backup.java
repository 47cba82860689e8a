package io.statefulkit.handle.backup;

import java.time.Instant;

/**
 * A dump that a backup has made.
 *
 * @param file the name of its file
 * @param made when it was begun
 * @param bytes its size
 * @param sha256 the hash that was noted when it was complete; empty when there is none
 */
public record Backup(String file, Instant made, long bytes, String sha256) {}
