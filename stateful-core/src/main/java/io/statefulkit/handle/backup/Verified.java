package io.statefulkit.handle.backup;

/**
 * What a backup contained when it was restored into a server of its own.
 *
 * @param backup the backup
 * @param tables how many tables it has; for Redis databases
 * @param rows how many rows they have together; for Redis keys
 */
public record Verified(Backup backup, long tables, long rows) {}
