package io.statefulkit.handle.job;

/**
 * What an import did.
 *
 * @param rows how many rows were copied now
 * @param before whether these rows had been imported before, so that nothing was to be done
 */
public record ImportResult(long rows, boolean before) {}
