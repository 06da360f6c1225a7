# shellcheck shell=sh
# A service goes at once, what it ran soon after.

# remove_service N
remove_service() {
	remove_left=''
	for remove_i in $tks; do
		eval "remove_v=\$t${remove_i}_v"
		if [ "$remove_v" = "$1" ]; then
			remove_task "$remove_i"
		else
			remove_left="$remove_left$remove_i "
		fi
	done
	keep tks "$remove_left"
	remove_left=''
	for remove_i in $svs; do
		[ "$remove_i" = "$1" ] || remove_left="$remove_left$remove_i "
	done
	keep svs "$remove_left"
}

# remove_task TASK: its container is told to stop, and is no more when it has
remove_task() {
	eval "remove_c=\$t${1}_c remove_node=\$t${1}_node remove_spec=\$t${1}_spec"
	[ -n "$remove_c" ] || return 0
	get "$remove_c" st
	if [ "$got:$remove_node" != running:1 ]; then
		drop_task "$1"
		return
	fi
	value_of "$remove_spec" stop-grace-period 10000
	grace=$((value / 1000))
	stop_cost "$remove_c"
	set_field "$remove_c" rm true
	set_field "$remove_c" ev stop
	set_field "$remove_c" at $((now + stop_ms))
}
