# shellcheck shell=sh
# docker network disconnect.

use containers publishing attachments members client
advance

do_command() {
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
