package io.statefulkit.handle;

/**
 * What a backup contained when it was restored into a server of its own.
 *
 * @param backup the backup
 * @param tables how many tables it has
 * @param rows how many rows they have together
 */
public record Verified(Backup backup, long tables, long rows) {}
