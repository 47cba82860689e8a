package io.statefulkit.deploy;

import java.util.Optional;

/**
 * Something that keeps a workload from becoming ready and does not go away by waiting.
 *
 * @param object the object it happens to, such as {@code pod orders-0}
 * @param container the container it happens to, if one
 * @param reason the reason as Kubernetes names it, such as {@code ErrImagePull}
 * @param detail what Kubernetes says about it
 * @param advice what to do
 */
public record Trouble(String object, Optional<String> container, String reason, String detail, String advice) {

    /** Returns what makes this trouble the same as one that was seen before, even when the wording changes. */
    public String key() {
        return object + "/" + container.orElse("") + "/" + advice;
    }

    /** Returns one line: object, reason, detail. */
    @Override
    public String toString() {
        String where = container.map(name -> object + ", container " + name).orElse(object);
        return where + ": " + reason + (detail.isBlank() ? "" : " (" + detail.strip() + ")");
    }
}
