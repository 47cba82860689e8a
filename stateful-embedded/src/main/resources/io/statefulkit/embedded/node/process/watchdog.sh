# usage: watchdog.sh DIRECTORY < commands
# Sends signals ("TERM 123", "KILL -123"); when its input ends, the JVM is gone: it kills what is left and clears up.
trap '' HUP INT TERM QUIT
dir=$1
while read -r signal pid; do
    kill -s "$signal" -- "$pid" 2> /dev/null
done
[ -d "$dir/pids" ] || exit 0
: > "$dir/dead"
started() {
    shift 19
    start=$1
}
descendants() {
    for child in $(cat "/proc/$1/task/"*/children 2> /dev/null); do
        echo "$child"
        descendants "$child"
    done
}
finish() {
    for one in $(descendants "$1"); do
        kill -s KILL -- "$one" 2> /dev/null
    done
    kill -s KILL -- "-$1" 2> /dev/null
    kill -s KILL -- "$1" 2> /dev/null
}
round=0
while [ "$round" -lt 5 ]; do
    left=0
    for file in "$dir"/pids/*; do
        [ -f "$file" ] || continue
        pid= since= stat= start=
        read -r pid since < "$file"
        [ -n "$pid" ] && { read -r stat < "/proc/$pid/stat"; } 2> /dev/null
        [ -n "$stat" ] && started ${stat##*) }
        if [ -n "$since" ] && [ "$start" = "$since" ]; then
            left=1
            finish "$pid"
        fi
    done
    # What left its family is still known by its environment.
    for file in $(grep -ls "STATEFULKIT_ROOT=$dir/" /proc/[0-9]*/environ 2> /dev/null); do
        pid=${file#/proc/}
        finish "${pid%/environ}"
    done
    [ "$left" = 0 ] && [ "$round" -gt 1 ] && break
    round=$((round + 1))
    sleep 0.1
done
rm -rf "$dir"
