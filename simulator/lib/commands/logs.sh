# shellcheck shell=sh
# docker logs.

use containers
advance

do_command() {
	logs_tail=all
	while [ $# -gt 0 ]; do
		case $1 in
		--tail | -n)
			logs_tail=$2
			shift
			;;
		--tail=*) logs_tail=${1#*=} ;;
		-*)
			unsupported "docker logs $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	find_container "$1" || {
		no_container
		return
	}
	print_log "$c"
}

# One line a start, and one for its end if it was a crash.
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
		say "$logs_line"
		logs_all=$((logs_all - 1))
	done
}
