# shellcheck shell=sh
# What a container has printed.

# print_log N [PREFIX]: the last $logs_tail lines. One line a start, and one for its end if it was a crash.
print_log() {
	behaviour "$1"
	eval "logs_runs=\$k${1}_runs logs_image=\$k${1}_img"
	eval "logs_version=\$m${logs_image}_ver"
	logs_all=$logs_runs
	[ "$logs_tail" = all ] || [ "$logs_all" -le "$logs_tail" ] || logs_all=$logs_tail
	logs_line="$logs_version: started"
	flag "$behaviour" crash && logs_line="$logs_version: crashed with ${found:-1}"
	! flag "$behaviour" unhealthy || logs_line="$logs_version: not well"
	while [ "$logs_all" -gt 0 ]; do
		say "${2-}$logs_line"
		logs_all=$((logs_all - 1))
	done
}
