# shellcheck shell=sh
# docker service inspect.

use containers format swarm/services swarm/format
advance

do_command() {
	format_option "$@" || return 0
	shift "$skip"
	spend 10
	be_manager || {
		inspect_elsewhere
		return
	}
	for inspect_word; do
		find_service "$inspect_word" || {
			complain "Error: no such service: $inspect_word"
			continue
		}
		if service_format "$v" "$format"; then
			say "$text"
		elif [ "$rc" -eq 64 ]; then
			return
		fi
	done
	[ -n "$out" ] || out=$nl
}

inspect_elsewhere() {
	out=$nl
}
