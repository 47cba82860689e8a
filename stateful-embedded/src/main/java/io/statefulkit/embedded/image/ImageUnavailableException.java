package io.statefulkit.embedded.image;

/** Nothing on this machine stands for an image; the message becomes the pod's {@code ErrImagePull}. */
public final class ImageUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says what is missing and what to do. */
    public ImageUnavailableException(String message) {
        super(message);
    }
}
