# shellcheck shell=sh
# docker service rm.

use containers swarm/advance swarm/remove
advance

do_command() {
	[ $# -gt 0 ] || {
		complain '"docker service rm" requires at least 1 argument.'
		return
	}
	spend 30
	be_manager || return 0
	for rm_word; do
		case $rm_word in
		-*)
			unsupported "docker service rm $rm_word"
			return
			;;
		*) ;;
		esac
		if find_service "$rm_word"; then
			remove_service "$v"
			say "$rm_word"
		else
			complain "Error response from daemon: service $rm_word not found"
		fi
	done
	plan_swarm
}
