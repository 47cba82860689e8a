package io.statefulkit.survival.history;

import java.util.Optional;

/**
 * What one complete read showed.
 *
 * @param begun when it began
 * @param ended when all rows had arrived
 * @param server the incarnation of the server that answered
 * @param present the elements of the rows, each as often as it has a row
 * @param damaged those whose content is not what was written
 * @param foreign how many rows belong to another run
 * @param books the accounts beside the rows, empty where none are kept
 */
public record Reading(
        Moment begun,
        Moment ended,
        String server,
        Elements present,
        Elements damaged,
        int foreign,
        Optional<Books> books) {

    /** One without accounts. */
    public Reading(Moment begun, Moment ended, String server, Elements present, Elements damaged, int foreign) {
        this(begun, ended, server, present, damaged, foreign, Optional.empty());
    }

    /** The same with these accounts. */
    public Reading with(Books shown) {
        return new Reading(begun, ended, server, present, damaged, foreign, Optional.of(shown));
    }
}
