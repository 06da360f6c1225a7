# shellcheck shell=sh
# docker update.

use containers policy
advance

do_command() {
	update_policy=''
	while [ $# -gt 0 ]; do
		case $1 in
		--restart=*) update_policy=${1#*=} ;;
		--restart)
			update_policy=${2-}
			shift
			;;
		-*)
			unsupported "docker update $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	for update_word; do
		if ! find_container "$update_word"; then
			complain "Error response from daemon: $find_why"
		elif ! parse_policy "$update_policy"; then
			complain "Error response from daemon: $why"
		else
			update_container "$c"
		fi
	done
	spend 20
}

update_container() {
	eval "update_rm=\$k${1}_rm update_id=\$k${1}_id"
	if [ "$update_rm" = true ] && [ "$policy" != no ]; then
		complain "Error response from daemon: Cannot update container $update_id: Restart policy cannot be updated because AutoRemove is enabled for the container"
		return
	fi
	set_field "$1" pol "$policy"
	set_field "$1" max "$policy_max"
	say "$update_word"
}
