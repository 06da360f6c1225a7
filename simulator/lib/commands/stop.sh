# shellcheck shell=sh
# docker stop.

use containers events
advance

do_command() {
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
