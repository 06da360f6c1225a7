# shellcheck shell=sh
# network create and rm.

create_network() {
	o_internal='' o_labels=$nl o_driver=bridge o_subnet=''
	while [ $# -gt 0 ]; do
		case $1 in
		--internal | --internal=true) o_internal=1 ;;
		--internal=false) o_internal='' ;;
		--*=*) network_option "${1%%=*}" "${1#*=}" ;;
		-*)
			network_option "$1" "${2-}"
			[ $# -lt 2 ] || shift
			;;
		*) break ;;
		esac
		[ "$rc" -eq 0 ] || return 0
		shift
	done
	exactly 1 "$@" || return 0
	spend 50
	case $1 in
	bridge | host | none | default) complain "Error response from daemon: operation is not permitted on predefined $1 network" ;;
	*"$nl"* | '') unsupported 'a network name like this' ;;
	*)
		if lookup "$nets" "$1"; then
			complain "Error response from daemon: network with name $1 already exists"
		else
			add_network "$1"
			say "$digest"
		fi
		;;
	esac
}

# network_option OPTION VALUE
network_option() {
	case $1:$2 in
	--driver:bridge | -d:bridge) ;;
	--label:*) add_label "$2" ;;
	--subnet:*.*.*.*/16 | --subnet:*.*.*.*/24) o_subnet=$2 ;;
	*) unsupported "docker network create $1 $2" ;;
	esac
}

# add_network NAME -> $digest, its id; what else it is create_network has read
add_network() {
	keep made $((made + 1))
	digest "network $made $1"
	keep "w${made}_id" "$digest"
	keep "w${made}_int" "$o_internal"
	keep "w${made}_sub" "$o_subnet"
	keep "w${made}_lab" "$o_labels"
	insert "$nets" "$1" "$made"
	keep nets "$inserted"
}

remove_networks() {
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
