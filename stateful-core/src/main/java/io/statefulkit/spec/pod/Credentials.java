package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;
import java.util.Optional;

/** Where the user name and password of a database come from. */
public sealed interface Credentials {

    /** Let the deployment generate a random password on its first run, and keep it in a Secret from then on. */
    static Credentials generate() {
        return new Generated(Optional.empty());
    }

    /** Like {@link #generate()}, for a user of this name instead of the engine's usual one. */
    static Credentials generateFor(String user) {
        return new Generated(Optional.of(user));
    }

    /** Use two keys of a Secret that somebody else keeps. */
    static Credentials existingSecret(String secret, String userKey, String passwordKey) {
        return new ExistingSecret(secret, userKey, passwordKey);
    }

    /** Use this user and password. They end up in a Secret, never in the pod's own definition. */
    static Credentials literal(String user, String password) {
        return new Literal(user, password);
    }

    /** A random password. */
    record Generated(Optional<String> user) implements Credentials {
        public Generated {
            user.ifPresent(name -> Checks.notBlank(name, "user"));
        }
    }

    /** A Secret that is there already. */
    record ExistingSecret(String secret, String userKey, String passwordKey) implements Credentials {
        public ExistingSecret {
            Checks.subdomain(secret, "secret");
            Checks.dataKey(userKey, "userKey");
            Checks.dataKey(passwordKey, "passwordKey");
        }
    }

    /** A given user and password. */
    record Literal(String user, String password) implements Credentials {
        public Literal {
            Checks.notBlank(user, "user");
            if (password.isEmpty()) {
                throw new IllegalArgumentException("password must not be empty");
            }
        }

        /** Return the user only: passwords are never printed. */
        @Override
        public String toString() {
            return "Literal[user=" + user + ", password=***]";
        }
    }
}
