# shellcheck shell=sh
# docker network rm.

use containers publishing attachments members client
advance

do_command() {
	[ $# -gt 0 ] || complain '"docker network rm" requires at least 1 argument.'
	for network_word; do
		case $network_word in
		-*)
			unsupported "docker network rm $network_word"
			return
			;;
		*) ;;
		esac
		remove_network || continue
		say "$network_word"
	done
	spend 50
}

# A container that does not run keeps no network from going, and will not start without it.
remove_network() {
	if ! find_network "$network_word"; then
		complain "Error: No such network: $network_word"
		return 1
	fi
	case $net_name in
	bridge | host | none)
		complain "Error response from daemon: $net_name is a pre-defined network and cannot be removed"
		return 1
		;;
	*) ;;
	esac
	list_members "$net_name"
	if [ -n "$members" ]; then
		eval "complain \"Error response from daemon: error while removing network: network \$net_name id \$w${net}_id has active endpoints\""
		return 1
	fi
	without "$nets" "$net_name"
	keep nets "$rest"
}
