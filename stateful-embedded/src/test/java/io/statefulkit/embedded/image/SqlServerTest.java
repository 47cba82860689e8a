package io.statefulkit.embedded.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SqlServerTest {

    private static final Path PROGRAM = Path.of("/usr/sbin/mysqld");

    @Test
    void a_program_called_mysqld_may_be_either_of_the_two() {
        String mariadb = "mysqld  Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu on x86_64 (Debian 12)";
        String mysql = "/usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)";

        assertThat(SqlServer.MARIADB.read(PROGRAM, mariadb)).contains(new SqlServer.Installed(PROGRAM, "10.11.14"));
        assertThat(SqlServer.MYSQL.read(PROGRAM, mariadb)).isEmpty();
        assertThat(SqlServer.MYSQL.read(PROGRAM, mysql)).contains(new SqlServer.Installed(PROGRAM, "8.4.6"));
        assertThat(SqlServer.MARIADB.read(PROGRAM, mysql)).isEmpty();
        assertThat(SqlServer.MARIADB.read(PROGRAM, "Segmentation fault")).isEmpty();
    }
}
