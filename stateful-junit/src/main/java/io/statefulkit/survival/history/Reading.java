package io.statefulkit.survival.history;

/**
 * What one complete read showed.
 *
 * @param begun when it began
 * @param ended when all rows had arrived
 * @param server the incarnation of the server that answered
 * @param present the elements of the rows, each as often as it has a row
 * @param damaged those whose content is not what was written
 * @param foreign how many rows belong to another run
 */
public record Reading(Moment begun, Moment ended, String server, Elements present, Elements damaged, int foreign) {}
