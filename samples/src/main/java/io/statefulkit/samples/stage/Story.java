package io.statefulkit.samples.stage;

/** Something that happens to a stateful workload, told by doing it. */
public interface Story {

    /** The word by which it is chosen. */
    String name();

    /** What it is about, in one line. */
    String title();

    /**
     * Does what the story tells, in a namespace of its own.
     *
     * @throws StoryFailedException when something that it claims does not hold
     * @throws Exception when something that it does fails
     */
    void tell(Stage stage) throws Exception;
}
