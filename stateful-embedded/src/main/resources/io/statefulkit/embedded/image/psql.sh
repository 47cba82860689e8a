#!/bin/sh
# psql where no PostgreSQL client is installed.
exec "$STATEFULKIT_JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xmx64m \
    -cp "$(dirname "$0")/classes" io.statefulkit.embedded.image.sql.PsqlStandIn "$@"
