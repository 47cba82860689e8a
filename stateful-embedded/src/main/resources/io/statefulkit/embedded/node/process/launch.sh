# usage: launch.sh DIRECTORY COMMAND...
# Leaves its pid and start time where the watchdog finds them, then becomes the command.
dir=$1
shift
started() {
    shift 19
    start=$1
}
read -r stat < "/proc/$$/stat"
started ${stat##*) }
echo "$$ $start" > "$dir/pids/$$"
# The watchdog marks the end before it looks for pids, so one of the two sees the other.
[ -e "$dir/dead" ] && exit 137
# A program that was started in the background ignores interrupts, and so do all its children: a server that ends by one
# would never do. A container starts with no signal ignored. The last digit has the signals 1 to 4, the fourth 13 to 16.
while read -r key ignored; do
    [ "$key" = SigIgn: ] || continue
    case $ignored in *[!08] | *[!0]???)
        if /usr/bin/env --default-signal true 2> /dev/null; then set -- /usr/bin/env --default-signal "$@"; fi
        ;;
    esac
    break
done < "/proc/$$/status"
exec "$@"
