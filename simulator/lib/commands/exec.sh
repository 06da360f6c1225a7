# shellcheck shell=sh
# docker exec.

use containers health checks
advance

do_command() {
	spend 30
	case ${1-} in
	-*)
		unsupported "docker exec $1"
		return
		;;
	*) ;;
	esac
	find_container "${1-}" || {
		no_container
		return
	}
	shift
	eval "exec_state=\$k${c}_st exec_id=\$k${c}_id"
	if [ "$exec_state" != running ]; then
		complain "Error response from daemon: Container $exec_id is not running"
		return
	fi
	case "$*" in
	true | '/bin/sh -c true') ;;
	false | '/bin/sh -c false') rc=1 ;;
	"$own_check") ask_app ;;
	*) unsupported "docker exec $*" ;;
	esac
}

ask_app() {
	health "$c"
	[ "$answers" = 0 ] || rc=1
}
