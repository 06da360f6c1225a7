# shellcheck shell=sh
# docker exec, as far as an image's own check needs it.

# Images have a line for a shell, `true` or `false`, where that tells all there is to tell, and otherwise a program.
own_check=app-is-well

# check_words -> $words: its kind, how many words it and the image's SHELL have, and its words; needs $behaviour
check_words() {
	if flag "$behaviour" odd-check; then
		words="CMD-SHELL 2 0${nl}app-is-well ||${nl}exit 1"
	elif flag "$behaviour" ready || flag "$behaviour" sick-after || flag "$behaviour" flaps; then
		words="CMD 2 0$nl$own_check"
	elif flag "$behaviour" unhealthy; then
		words="CMD-SHELL 2 0${nl}false"
	else
		words="CMD-SHELL 2 0${nl}true"
	fi
}

do_exec() {
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
