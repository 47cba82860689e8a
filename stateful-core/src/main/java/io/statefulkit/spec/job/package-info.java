/** Work beside a server: backups, imports, migrations, things done on a schedule. */
@NullMarked
package io.statefulkit.spec.job;

import org.jspecify.annotations.NullMarked;
