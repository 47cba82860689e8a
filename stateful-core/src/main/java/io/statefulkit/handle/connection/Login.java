package io.statefulkit.handle.connection;

/**
 * How to log in to a database.
 *
 * @param user the user
 * @param password the password; never part of {@link #toString()}
 * @param database the database
 */
public record Login(String user, String password, String database) {

    /** Returns user and database only: passwords are never printed. */
    @Override
    public String toString() {
        return "Login[user=" + user + ", password=***, database=" + database + "]";
    }
}
