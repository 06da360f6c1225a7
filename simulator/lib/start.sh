# shellcheck shell=sh
# start: which networks and ports a container needs for it.

# start_container N: or $why it did not start
start_container() {
	get "$1" st
	case $got in
	running | restarting) return 0 ;;
	*) ;;
	esac
	if ! can_run "$1"; then
		set_field "$1" code 128
		return 1
	fi
	set_field "$1" rc 0
	set_field "$1" bo 100
	set_field "$1" code 0
	set_field "$1" hand ''
	settle_networks "$1"
	begin_run "$1" "$now"
}

# can_run N: its networks are there, and its ports are free if one of them leads outside; or $why not
can_run() {
	networks_are_there "$1" && { ! reaches_out "$1" - || ports_are_free "$1"; }
}

# Published ports are held by this host's containers, as long as they run in a network that leads outside, and by other
# programs (ports-taken).
ports_are_free() {
	eval "want_ports=\$k${1}_ports want_name=\$k${1}_name want_id=\$k${1}_id"
	for want_port in $want_ports; do
		want_port=${want_port%=*}
		case $want_port in
		*:/*) continue ;;
		*) ;;
		esac
		want_ip=${want_port%:*}
		want_number=${want_port##*:}
		why="driver failed programming external connectivity on endpoint $want_name ($want_id):"
		for other in $live; do
			[ "$other" != "$1" ] || continue
			eval "other_ports=\$k${other}_ports other_state=\$k${other}_st"
			[ "$other_state" = running ] && publishes "$other" || continue
			for other_port in $other_ports; do
				other_port=${other_port%=*}
				[ "${other_port##*:}" = "$want_number" ] || continue
				same_address "$want_ip" "${other_port%:*}" || continue
				refuse_port "${other_port%:*}"
				return 1
			done
		done
		port_taken "${want_number%/*}" || continue
		refuse_port ''
		return 1
	done
}

# refuse_port ADDRESS: docker's allocator knows the same port of the same address; the rest the kernel refuses.
refuse_port() {
	if [ "$1" = "$want_ip" ]; then
		why="$why Bind for $want_ip:${want_number%/*} failed: port is already allocated"
	else
		why="$why Error starting userland proxy: listen ${want_number#*/}4 $want_ip:${want_number%/*}: bind: address already in use"
	fi
}

same_address() {
	[ "$1" = "$2" ] || [ "$1" = 0.0.0.0 ] || [ "$2" = 0.0.0.0 ]
}

port_taken() {
	[ -s "$SIM_STATE/ports-taken" ] || return 1
	while read -r taken; do
		[ "$taken" != "$1" ] || return 0
	done <"$SIM_STATE/ports-taken"
	return 1
}
