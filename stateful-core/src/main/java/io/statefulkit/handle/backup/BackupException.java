package io.statefulkit.handle.backup;

/** Says that a backup could not be made, is not good, or could not be restored; the database is as it was. */
public final class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BackupException(String problem, String advice) {
        super(problem + "\n  do: " + advice);
    }
}
