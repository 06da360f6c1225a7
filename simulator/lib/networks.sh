# shellcheck shell=sh
# network create, rm, ls, inspect, connect and disconnect.

# exactly COUNT WORD...: so many arguments, or the client's complaint
exactly() {
	[ $(($# - 1)) -ne "$1" ] || return 0
	case $1 in
	1) exactly_words='1 argument' ;;
	*) exactly_words="$1 arguments" ;;
	esac
	complain "\"docker network ${name#*-}\" requires exactly $exactly_words."
	return 1
}

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

# list_members NETWORK -> $members: the containers that run in it, as lines of ID=NUMBER in the order of their ids
list_members() {
	members=''
	for member_i in $live; do
		is_member "$member_i" "$1" || continue
		eval "member_id=\$k${member_i}_id"
		insert "${members:-$nl}" "$member_id" "$member_i"
		members=$inserted
	done
}

# is_member N NETWORK
is_member() {
	eval "member_state=\$k${1}_st member_run=\$k${1}_runs"
	[ "$member_state" = running ] && find_attachment "$1" "$2" && [ "${nw_half%-}" != "$member_run" ]
}

list_networks() {
	ls_wide='' ls_quiet='' ls_format='' ls_labels='' ls_names=''
	while [ $# -gt 0 ]; do
		case $1 in
		--no-trunc) ls_wide=1 ;;
		--quiet | -q) ls_quiet=1 ;;
		--*=*) list_option "${1%%=*}" "${1#*=}" ;;
		*)
			list_option "$1" "${2-}"
			[ $# -lt 2 ] || shift
			;;
		esac
		[ "$rc" -eq 0 ] || return 0
		shift
	done
	[ -n "$ls_quiet$ls_format" ] || {
		unsupported 'docker network ls without --format or --quiet'
		return
	}
	spend 10
	print_networks
}

# list_option OPTION VALUE
list_option() {
	case $1:$2 in
	--format:table* | --format:json) unsupported "docker network ls --format $2" ;;
	--format:*) ls_format=$2 ;;
	--filter:label=* | -f:label=*) ls_labels="$ls_labels${2#label=}$nl" ;;
	--filter:name=* | -f:name=*) filter_name "${2#name=}" ;;
	*) unsupported "docker network ls $1 $2" ;;
	esac
}

# filter_name PATTERN: to docker a regular expression, of which ^ and $ are known here
filter_name() {
	case $1 in
	*[!A-Za-z0-9_^'$-']*) unsupported "docker network ls --filter name=$1" ;;
	*) ls_names="$ls_names $1" ;;
	esac
}

print_networks() {
	# A format must not pass because there is nothing to print.
	net=1 net_name='' net_id=''
	[ -n "$ls_quiet" ] || expand network_token "$ls_format" || return 0
	print_rest=${nets#"$nl"}
	while [ -n "$print_rest" ]; do
		net=${print_rest%%"$nl"*}
		print_rest=${print_rest#*"$nl"}
		net_name=${net%=*}
		net=${net##*=}
		eval "net_id=\$w${net}_id"
		[ -n "$ls_wide" ] || net_id=${net_id%"${net_id#????????????}"}
		name_matches && network_labels_match || continue
		if [ -n "$ls_quiet" ]; then
			say "$net_id"
		else
			expand network_token "$ls_format" || return 0
			say "$text"
		fi
	done
}

# Several names: any of them. Each is a part of the name, unless it is anchored.
name_matches() {
	[ -n "$ls_names" ] || return 0
	for ls_name in $ls_names; do
		case ^$net_name\$ in
		*"$ls_name"*) return 0 ;;
		*) ;;
		esac
	done
	return 1
}

network_labels_match() {
	match_rest=$ls_labels
	eval "match_labels=\$w${net}_lab"
	while [ -n "$match_rest" ]; do
		label_matches "$match_labels" "${match_rest%%"$nl"*}" || return 1
		match_rest=${match_rest#*"$nl"}
	done
}

inspect_networks() {
	format_option "$@" || return 0
	shift "$skip"
	spend 10
	# As with containers: a field that the client does not know makes it read the JSON.
	raw=''
	case $format in
	*'{{.Id}}'*) raw=1 ;;
	*) ;;
	esac
	for inspect_word; do
		find_network "$inspect_word" || {
			complain "Error: No such network: $inspect_word"
			continue
		}
		eval "net_id=\$w${net}_id"
		list_members "$net_name"
		expand network_token "$format" || return 0
		say "$text"
	done
	[ -n "$out" ] || out=$nl
}

network_token() {
	case $name:$f in
	*:'{{.Name}}'*) put "$net_name" '{{.Name}}' ;;
	*:'{{.ID}}'*) put "$net_id" '{{.ID}}' ;;
	network-inspect:'{{.Id}}'*) put "$net_id" '{{.Id}}' ;;
	*:'{{.Internal}}'*) put_internal ;;
	*:'{{.Driver}}'*) put_driver ;;
	network-ls:'{{.Label "'* | network-inspect:'{{index .Labels "'* | network-inspect:'{{or (index .Labels "'*) put_network_label ;;
	network-inspect:'{{len .Containers}}'*) put_member_count ;;
	network-inspect:'{{range .Containers}}'*'{{end}}'*) put_members ;;
	*) return 1 ;;
	esac
}

put_internal() {
	eval "internal=\$w${net}_int"
	case $internal in
	'') put false '{{.Internal}}' ;;
	*) put true '{{.Internal}}' ;;
	esac
}

put_driver() {
	case $net_name in
	none) put null '{{.Driver}}' ;;
	host) put host '{{.Driver}}' ;;
	*) put bridge '{{.Driver}}' ;;
	esac
}

# {{index .Labels "X"}}, {{or (index .Labels "X") "Y"}} and, of a list, {{.Label "X"}}
put_network_label() {
	token=${f%%'}}'*}'}}'
	key=${token#*'"'}
	key=${key%%'"'*}
	eval "lookup \"\$w${net}_lab\" \"\$key\"" || {
		[ -z "${raw-}" ] || found='<no value>'
	}
	case $token in
	'{{or '*)
		or_default=${token%'"}}'}
		or_default=${or_default##*'"'}
		[ "$found" != '<no value>' ] || found=''
		found=${found:-$or_default}
		;;
	*) ;;
	esac
	put "$found" "$token"
}

put_member_count() {
	count=0
	for member in $members; do
		count=$((count + 1))
	done
	put "$count" '{{len .Containers}}'
}

put_members() {
	token=${f%%'{{end}}'*}'{{end}}'
	member_body=${token#'{{range .Containers}}'}
	member_body=${member_body%'{{end}}'}
	member_text=''
	for member in $members; do
		get "${member##*=}" name
		member_rest=$member_body
		while :; do
			case $member_rest in
			*'{{.Name}}'*)
				member_text=$member_text${member_rest%%'{{.Name}}'*}$got
				member_rest=${member_rest#*'{{.Name}}'}
				;;
			*'{{'*) return 1 ;;
			*) break ;;
			esac
		done
		member_text=$member_text$member_rest
	done
	put "$member_text" "$token"
}

connect_network() {
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

disconnect_network() {
	o_force=''
	while [ $# -gt 0 ]; do
		case $1 in
		--force | -f) o_force=1 ;;
		-*)
			unsupported "docker network disconnect $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	exactly 2 "$@" || return 0
	find_network "$1" || net_name=''
	if find_container "$2"; then
		disconnect_container "$1" || complain "Error response from daemon: $why"
	elif [ -z "$o_force" ]; then
		complain "Error response from daemon: $find_why"
	elif [ -z "$net_name" ]; then
		complain "Error response from daemon: network $1 not found"
	else
		complain "Error response from daemon: endpoint $2 not found"
	fi
}

disconnect_container() { # NETWORK
	eval "leave_state=\$k${c}_st leave_id=\$k${c}_id leave_run=\$k${c}_runs leave_mode=\$k${c}_net"
	case $leave_state:$o_force$net_name in
	running: | restarting:)
		why="network $1 not found"
		return 1
		;;
	running:* | restarting:*)
		[ -z "$net_name" ] || {
			leave_running
			return
		}
		;;
	*) ;;
	esac
	spend 20
	net_name=${net_name:-$1}
	why="container $leave_id is not connected to the network $net_name"
	find_attachment "$c" "$net_name" || return 1
	drop_attachment "$c" "$net_name"
}

# The last network that leads outside goes: while another one is left the engine (20.10) publishes the ports there, even
# if it is an internal one.
leave_running() {
	spend 80
	why='container cannot be disconnected from host network or connected to host network'
	[ "$net_name" != host ] || [ "$leave_mode" != host ] || return 1
	why="container $leave_id is not connected to network $net_name"
	is_member "$c" "$net_name" || return 1
	leave_held=''
	! publishes "$c" || leave_held=$leave_run
	drop_attachment "$c" "$net_name"
	get "$c" ports
	[ -n "$got" ] || return 0
	is_anywhere && ! reaches_out "$c" "$leave_run" || leave_held=''
	get "$c" pub
	[ "$got" = "$leave_held" ] || set_field "$c" pub "$leave_held"
}

is_anywhere() {
	get "$c" nw
	nw_left=$got
	while next_attachment; do
		[ "${nw_half%-}" = "$leave_run" ] || return 0
	done
	return 1
}
