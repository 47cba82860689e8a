package io.statefulkit.spec.pod;

/**
 * The user and group that containers run as.
 *
 * @param user uid, not 0
 * @param group gid, also the owner of the volumes
 */
public record UserIds(long user, long group) {

    public UserIds {
        if (user < 1 || user > Integer.MAX_VALUE || group < 1 || group > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "uid and gid must be 1..2147483647 but were %d and %d".formatted(user, group));
        }
    }
}
