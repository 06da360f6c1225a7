# shellcheck shell=sh
# docker run.

use containers images names policy digest client options create publishing events start
advance

# Like create and start; every refusal is 125, and a container that does not start is left behind.
do_command() {
	detached=''
	create_options "$@" || return 0
	[ -n "$detached" ] || {
		unsupported 'docker run without --detach'
		return
	}
	shift $(($# - left))
	prefix='docker: '
	if create_container "$@"; then
		get "$c" id
		say "$got"
		run_id=$c
		spend 200
		start_container "$run_id" || complain "docker: Error response from daemon: $why."
	fi
	[ "$rc" -eq 0 ] || rc=125
}
