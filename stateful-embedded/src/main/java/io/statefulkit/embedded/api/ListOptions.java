package io.statefulkit.embedded.api;

/**
 * What a LIST asks for; empty texts and a limit of 0 stand for parameters that were not given.
 *
 * @param labelSelector as in the query parameter
 * @param fieldSelector as in the query parameter
 * @param limit the page size
 * @param continueToken where the last page ended
 * @param resourceVersion as in the query parameter
 * @param resourceVersionMatch as in the query parameter
 */
public record ListOptions(
        String labelSelector,
        String fieldSelector,
        int limit,
        String continueToken,
        String resourceVersion,
        String resourceVersionMatch) {

    /** Everything. */
    public static final ListOptions ALL = new ListOptions("", "", 0, "", "", "");

    /** Returns the options for a label selector. */
    public static ListOptions labels(String selector) {
        return new ListOptions(selector, "", 0, "", "", "");
    }
}
