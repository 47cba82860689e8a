package io.statefulkit.handle.connection;

import io.statefulkit.deploy.WorkloadRef;

/** Says that a database is ready, but does not let in the user whose password the cluster keeps. */
public final class LoginRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LoginRefusedException(WorkloadRef ref, Login login, String answer, Throwable cause) {
        super(
                ref + " is ready, but refuses user " + login.user() + " of database " + login.database() + ": "
                        + answer.strip()
                        + "\n"
                        + "  do: the volume keeps the password it was initialised with: put that one back into the"
                        + " Secret (rule AP04)",
                cause);
    }
}
