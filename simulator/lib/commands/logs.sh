# shellcheck shell=sh
# docker logs.

use containers log-lines
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
