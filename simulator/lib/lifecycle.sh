# shellcheck shell=sh
# start, stop, kill, rm, rename, update, logs.

no_container() {
	case $find_why in
	No*) complain "Error${1:+ $1}: $find_why" ;;
	*) complain "Error response from daemon: $find_why" ;;
	esac
}

do_start() {
	start_failed=''
	for start_word; do
		case $start_word in
		-*)
			unsupported "docker start $start_word"
			return
			;;
		*) ;;
		esac
		if ! find_container "$start_word"; then
			no_container 'response from daemon'
		elif start_container "$c"; then
			say "$start_word"
			continue
		else
			complain "Error response from daemon: $why"
		fi
		start_failed="$start_failed${start_failed:+, }$start_word"
	done
	spend 200
	[ -z "$start_failed" ] || complain "Error: failed to start containers: $start_failed"
}

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

# stop_options WORD...: the options of stop; leaves $grace and $skip, how many words they were.
stop_options() {
	grace=10 skip=0
	while [ $# -gt 0 ]; do
		case $1 in
		--time | --timeout | -t)
			grace=${2-}
			skip=$((skip + 1))
			shift
			;;
		--time=* | --timeout=*) grace=${1#*=} ;;
		-t?*) grace=${1#-t} ;;
		-*)
			unsupported "docker stop $1"
			return 1
			;;
		*) return 0 ;;
		esac
		skip=$((skip + 1))
		shift
	done
}

do_stop() {
	stop_options "$@" || return 0
	shift "$skip"
	[ $# -gt 0 ] || {
		complain '"docker stop" requires at least 1 argument.'
		return
	}
	for stop_word; do
		if find_container "$stop_word"; then
			stop_container "$c"
			say "$stop_word"
		else
			no_container 'response from daemon'
		fi
	done
}

stop_container() {
	eval "stop_state=\$k${1}_st stop_event=\$k${1}_ev stop_at=\$k${1}_at"
	case $stop_state in
	running) ;;
	restarting)
		set_field "$1" hand 1
		set_ended "$1"
		spend 20
		return
		;;
	*)
		spend 20
		return
		;;
	esac
	if [ "$stop_event" = stop ]; then
		# Another stop is under way: this one waits for it.
		[ "$stop_at" -le "$now" ] || now=$stop_at
		end_by_stop "$1"
		return
	fi
	stop_cost "$1"
	if [ "${fault-}" = kill-during ]; then
		set_field "$1" ev stop
		set_field "$1" at $((now + stop_ms))
		return
	fi
	spend "$stop_ms"
	end_by_stop "$1"
	[ "$grace" != 0 ] || set_field "$1" code 137
}

# stop_cost N -> $stop_ms
stop_cost() {
	term_code "$1"
	stop_ms=100
	[ "$code" -ne 137 ] || stop_ms=$((grace * 1000))
	! flag "$behaviour" stop || stop_ms=$found
	[ "$stop_ms" -le $((grace * 1000)) ] || stop_ms=$((grace * 1000))
}

do_kill() {
	for kill_word; do
		case $kill_word in
		-*)
			unsupported "docker kill $kill_word"
			return
			;;
		*) ;;
		esac
		if ! find_container "$kill_word"; then
			complain "Error response from daemon: Cannot kill container: $kill_word: $find_why"
			continue
		fi
		eval "kill_state=\$k${c}_st kill_id=\$k${c}_id"
		if [ "$kill_state" != running ]; then
			complain "Error response from daemon: Cannot kill container: $kill_word: Container $kill_id is not running"
			continue
		fi
		end_by_stop "$c"
		set_field "$c" code 137
		say "$kill_word"
	done
	spend 100
}

do_rm() {
	rm_force='' rm_volumes=''
	while [ $# -gt 0 ]; do
		case $1 in
		--volumes | -v) rm_volumes=1 ;;
		--force | -f) rm_force=1 ;;
		-vf | -fv) rm_volumes=1 rm_force=1 ;;
		-*)
			unsupported "docker rm $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	for rm_word; do
		if ! find_container "$rm_word"; then
			no_container
			continue
		fi
		eval "rm_state=\$k${c}_st rm_id=\$k${c}_id"
		case $rm_force:$rm_state in
		:running | :restarting)
			complain "Error response from daemon: You cannot remove a $rm_state container $rm_id. Stop the container before attempting removal or force remove"
			continue
			;;
		*) ;;
		esac
		[ -z "$rm_volumes" ] || drop_volumes "$c"
		drop_container "$c"
		say "$rm_word"
	done
	spend 30
}

# Anonymous volumes go with `rm -v` only; named ones stay.
drop_volumes() {
	get "$1" vols
	for drop_volume in $got; do
		without "$vols" "$drop_volume"
		keep vols "$rest"
	done
}

do_rename() {
	[ $# -eq 2 ] || {
		complain '"docker rename" requires exactly 2 arguments.'
		return
	}
	spend 20
	if ! find_container "$1"; then
		complain "Error response from daemon: $find_why"
	else
		rename_container "$c" "${2#/}"
	fi
	[ "$rc" -eq 0 ] || complain "Error: failed to rename container named $1"
}

# rename_container N NAME
rename_container() {
	get "$1" name
	if [ "$got" = "$2" ]; then
		complain "Error response from daemon: Renaming a container with the same name as its current name"
	elif ! good_name "$2"; then
		complain "Error response from daemon: Error when allocating new name: Invalid container name (/$2), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
	elif find_name "$2"; then
		name_taken "$2"
		complain "Error response from daemon: Error when allocating new name: $name_taken"
	else
		set_field "$1" name "$2"
	fi
}

good_name() {
	case $1 in
	? | '' | [!A-Za-z0-9]* | *[!A-Za-z0-9_.-]*) return 1 ;;
	*) return 0 ;;
	esac
}

# name_taken NAME -> $name_taken: what docker says when container $c has it already
name_taken() {
	get "$c" id
	name_taken="Conflict. The container name \"/$1\" is already in use by container \"$got\". You have to remove (or rename) that container to be able to reuse that name."
}

do_update() {
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

# parse_policy TEXT -> $policy $policy_max, or $why not (the daemon's words)
parse_policy() {
	policy=${1%%:*} policy_max=0
	case $1 in
	*:*) policy_max=${1#*:} ;;
	*) ;;
	esac
	case $policy in
	'' | no) policy=no ;;
	always | unless-stopped | on-failure) ;;
	*)
		why="invalid restart policy '$policy'"
		return 1
		;;
	esac
	if [ "$policy" != on-failure ] && [ "$policy_max" != 0 ]; then
		why="maximum retry count cannot be used with restart policy '$policy'"
		return 1
	fi
}

do_logs() {
	logs_tail=all
	while [ $# -gt 0 ]; do
		case $1 in
		--tail | -n)
			logs_tail=$2
			shift
			;;
		--tail=*) logs_tail=${1#*=} ;;
		-*)
			unsupported "docker logs $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	find_container "$1" || {
		no_container
		return
	}
	print_log "$c"
}

# One line a start, and one for its end if it was a crash.
print_log() {
	behaviour "$1"
	eval "logs_runs=\$k${1}_runs logs_image=\$k${1}_img"
	eval "logs_version=\$m${logs_image}_ver"
	logs_all=$logs_runs
	[ "$logs_tail" = all ] || [ "$logs_all" -le "$logs_tail" ] || logs_all=$logs_tail
	logs_line="$logs_version: started"
	flag "$behaviour" crash && logs_line="$logs_version: crashed with ${found:-1}"
	! flag "$behaviour" unhealthy || logs_line="$logs_version: not well"
	while [ "$logs_all" -gt 0 ]; do
		say "$logs_line"
		logs_all=$((logs_all - 1))
	done
}
