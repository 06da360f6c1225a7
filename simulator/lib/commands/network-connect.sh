# shellcheck shell=sh
# docker network connect.

use containers publishing attachments client start
advance

do_command() {
	o_ip='' o_aliases=''
	while [ $# -gt 0 ]; do
		case $1 in
		--alias | --ip | --ip6)
			connect_option "$1" "${2-}"
			[ $# -lt 2 ] || shift
			;;
		--*=*) connect_option "${1%%=*}" "${1#*=}" ;;
		-*) unsupported "docker network connect $1" ;;
		*) break ;;
		esac
		[ "$rc" -eq 0 ] || return 0
		shift
	done
	exactly 2 "$@" || return 0
	if ! find_container "$2"; then
		complain "Error response from daemon: $find_why"
		return
	fi
	eval "connect_state=\$k${c}_st connect_run=\$k${c}_runs connect_mode=\$k${c}_net"
	case $connect_state in
	running | restarting) connect_running "$1" || complain "Error response from daemon: $why" ;;
	*) connect_stopped "$1" || complain "Error response from daemon: $why" ;;
	esac
}

connect_option() {
	case $1 in
	--alias) o_aliases="$o_aliases,$2" ;;
	--ip) o_ip=$2 ;;
	--ip6) ;;
	*) unsupported "docker network connect $1" ;;
	esac
}

# Nothing but a note of what the next start shall do, even of a network that does not exist.
connect_stopped() { # NETWORK
	spend 20
	if ! find_network "$1"; then
		set_attachment "$c" "$1" "/$o_ip//${o_aliases#,}"
		return 0
	fi
	may_join || return 1
	[ -z "$joined" ] || return 0
	set_attachment "$c" "$net_name" "/$o_ip//${o_aliases#,}"
}

# may_join: can container $c be in the network besides those it has? $joined: it is. Or $why not.
may_join() {
	joined=''
	case $net_name in
	bridge | host | none)
		why='network-scoped alias is supported only for containers in user defined networks'
		[ -z "$o_aliases" ] || return 1
		;;
	*) ;;
	esac
	accepts_address "$net_name" "$o_ip" || return 1
	why='container cannot be disconnected from host network or connected to host network'
	[ "$net_name" != host ] || [ "$connect_mode" = host ] || return 1
	get "$c" nw
	may_left=$got
	while [ "$may_left" != "$nl" ] && [ -n "$may_left" ]; do
		nw_left=$may_left
		next_attachment
		may_left=$nw_left
		network_still_there || continue
		[ "$nw_name" != "$net_name" ] || {
			joined=1
			return 0
		}
		may_share "$nw_name" || return 1
	done
}

# Is the network of the attachment the one that was there when the container last ran?
network_still_there() {
	lookup "$nets" "$nw_name" || return 1
	eval "[ -z \"$nw_id\" ] || [ \"$nw_id\" = \"\$w${found}_id\" ]"
}

# may_share NETWORK: one that it has already, beside $net_name
may_share() {
	case $1:$net_name in
	host:* | *:host)
		why='container sharing network namespace with another container or host cannot be connected to any other network'
		return 1
		;;
	none:* | *:none)
		why='container cannot be connected to multiple networks with one of the networks in private (none) mode'
		return 1
		;;
	*) ;;
	esac
}

# The ports are published at this moment, unless they are already. If they cannot be, or the address is not to be had, the
# name stays with the container, and nothing but a stop gets the rest right (engine 20.10).
connect_running() { # NETWORK
	spend 80
	why='container sharing network namespace with another container or host cannot be connected to any other network'
	case $connect_mode in
	container:*) return 1 ;;
	*) ;;
	esac
	why="network $1 not found"
	find_network "$1" || return 1
	may_join || return 1
	eval "connect_id=\$w${net}_id"
	case $net_name in
	bridge | host | none) connect_id='' ;;
	*) ;;
	esac
	if [ "$connect_state" = restarting ]; then
		[ -n "$joined" ] || set_attachment "$c" "$net_name" "$connect_id/$o_ip//${o_aliases#,}"
		return 0
	fi
	[ -z "$joined" ] || rejoins || return 1
	join_running
}

# rejoins: a name that is left of an attempt without an address is no obstacle
rejoins() {
	find_attachment "$c" "$net_name"
	case $nw_half in
	"$connect_run-") return 0 ;;
	"$connect_run") interface_conflict ;;
	*)
		get "$c" name
		why="endpoint with name $got already exists in network $net_name"
		;;
	esac
	return 1
}

interface_conflict() {
	address_of "$c"
	network_prefix "$net"
	why='failed to add interface veth0000000 to sandbox: error setting interface "veth0000000" IP to'
	why="$why $address/16: cannot program address $address/16 in sandbox interface because it conflicts with existing route"
	why="$why {Ifindex: 2 Dst: $prefix.0.0/16 Src: $address Gw: <nil> Flags: [] Table: 254 Realm: 0}"
}

join_running() {
	join_aliases=${o_aliases#,}
	if [ -n "$o_ip" ] && ! address_is_free "$net_name" "$o_ip" "$c"; then
		set_attachment "$c" "$net_name" "$connect_id/$o_ip/$connect_run-/$join_aliases"
		return 1
	fi
	if ! publishes "$c" && leads_out "$net_name" && ! ports_are_free "$c"; then
		set_attachment "$c" "$net_name" "$connect_id/$o_ip/$connect_run/$join_aliases"
		return 1
	fi
	set_attachment "$c" "$net_name" "$connect_id/$o_ip//$join_aliases"
}
