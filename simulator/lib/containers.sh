# shellcheck shell=sh
# Finding containers, and bringing them up to now.

# get N FIELD -> $got; set_field N FIELD VALUE
get() {
	eval "got=\$k${1}_$2"
}

set_field() {
	keep "k${1}_$2" "$3"
}

# find_container WORD -> $c, its number: full id, then name, then unique id prefix, as docker looks it up.
find_container() {
	c='' find_why="No such container: $1"
	find_name=${1#/}
	find_prefix=''
	for find_i in $live; do
		eval "find_id=\$k${find_i}_id find_label=\$k${find_i}_name"
		if [ "$find_id" = "$1" ]; then
			c=$find_i
			return 0
		fi
		[ "$find_label" != "$find_name" ] || c=$find_i
		case $find_id in
		"$1"*) find_prefix="$find_prefix $find_i" ;;
		*) ;;
		esac
	done
	[ -z "$c" ] || return 0
	[ -n "$1" ] || return 1
	case $find_prefix in
	'') return 1 ;;
	' '*' '*)
		find_why="Multiple IDs found with provided prefix: $1"
		return 1
		;;
	*) c=${find_prefix# } ;;
	esac
}

# drop_container N
drop_container() {
	drop_live=''
	for drop_i in $live; do
		[ "$drop_i" = "$1" ] || drop_live="$drop_live $drop_i"
	done
	keep live "$drop_live"
}

# Brings every container up to $now. Only those with something ahead of them (k_at) cost anything.
advance() {
	[ -z "$swarm_at" ] || [ "$swarm_at" -gt "$now" ] || {
		use swarm/advance
		advance_swarm
	}
	for advance_i in $live; do
		while :; do
			eval "advance_at=\$k${advance_i}_at advance_event=\$k${advance_i}_ev"
			[ -n "$advance_at" ] && [ "$advance_at" -le "$now" ] || break
			use events
			case $advance_event in
			restart) run_again "$advance_i" "$advance_at" ;;
			stop) end_by_stop "$advance_i" ;;
			*) end_run "$advance_i" "$advance_event" "$advance_at" ;;
			esac
		done
	done
}

# behaviour N -> $behaviour of the container's image
behaviour() {
	get "$1" img
	eval "behaviour=\$m${got}_beh"
}

no_container() {
	case $find_why in
	No*) complain "Error${1:+ $1}: $find_why" ;;
	*) complain "Error response from daemon: $find_why" ;;
	esac
}
