# shellcheck shell=sh
# docker service rollback.

use containers swarm/advance swarm/rollback
advance

do_command() {
	back_detach='' back_word='' back_count=0
	for word; do
		case $word in
		--detach | -d | --detach=true) back_detach=1 ;;
		-*)
			unsupported "docker service rollback $word"
			return
			;;
		*) back_word=$word back_count=$((back_count + 1)) ;;
		esac
	done
	[ "$back_count" -eq 1 ] || {
		complain '"docker service rollback" requires exactly 1 argument.'
		return
	}
	[ -n "$back_detach" ] || {
		unsupported 'docker service rollback without --detach'
		return
	}
	spend 30
	be_manager || return 0
	if ! find_service "$back_word"; then
		complain "Error response from daemon: service $back_word not found"
	elif roll_back "$v"; then
		say "$back_word"
	fi
}
