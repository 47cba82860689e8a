package io.statefulkit.survival.history;

/**
 * An older state of the data that a disruption brought back.
 *
 * @param begun when its backup was about to begin
 * @param done when the backup was complete
 * @param destroyed when the data after it was gone
 */
public record Cut(Moment begun, Moment done, Moment destroyed) {}
