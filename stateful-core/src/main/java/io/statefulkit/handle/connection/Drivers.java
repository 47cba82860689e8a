package io.statefulkit.handle.connection;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The JDBC drivers of this program. They are its own to choose, and only those who use JDBC need one. */
final class Drivers {

    private Drivers() {}

    /** Refuses a URL that no driver knows, before anybody waits for a connection. */
    static void require(String url) {
        if (DriverManager.drivers().noneMatch(driver -> accepts(driver, url))) {
            throw new IllegalStateException(missing(url));
        }
    }

    /** Returns what to do when no driver knows a URL. */
    static String missing(String url) {
        return "no JDBC driver for " + url + ": add " + artifact(url) + " to the class path";
    }

    private static String artifact(String url) {
        return url.startsWith("jdbc:postgresql:")
                ? "org.postgresql:postgresql"
                : url.startsWith("jdbc:mariadb:")
                        ? "org.mariadb.jdbc:mariadb-java-client"
                        : "com.mysql:mysql-connector-j";
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }
}
