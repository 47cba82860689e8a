package io.statefulkit.embedded.image;

/** Turns the name of an image into something that runs on this machine. */
@FunctionalInterface
public interface ImageRecipe {

    /**
     * Finds the programs of an image.
     *
     * @throws ImageUnavailableException when they are not there; the message says what to install
     */
    Image resolve(ImageName name) throws ImageUnavailableException;
}
