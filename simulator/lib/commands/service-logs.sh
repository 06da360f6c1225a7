# shellcheck shell=sh
# docker service logs, of a service or of one of its tasks.

use containers log-lines swarm/services
advance

do_command() {
	logs_tail=all logs_raw='' logs_word=''
	while [ $# -gt 0 ]; do
		case $1 in
		--tail | -n)
			logs_tail=${2-}
			[ $# -lt 2 ] || shift
			;;
		--tail=*) logs_tail=${1#*=} ;;
		--raw) logs_raw=1 ;;
		-*)
			unsupported "docker service logs $1"
			return
			;;
		*) logs_word=$1 ;;
		esac
		shift
	done
	spend 10
	be_manager || return 0
	if find_service "$logs_word"; then
		for logs_task in $tks; do
			eval "logs_v=\$t${logs_task}_v"
			[ "$logs_v" != "$v" ] || print_task "$logs_task"
		done
	elif find_task "$logs_word"; then
		print_task "$t"
	else
		complain "no such task or service: $logs_word"
	fi
}

# find_task ID -> $t
find_task() {
	t=''
	for find_i in $tks; do
		eval "find_id=\$t${find_i}_id"
		[ "$find_id" != "$1" ] || t=$find_i
	done
	[ -n "$t" ]
}

# print_task TASK
print_task() {
	eval "print_c=\$t${1}_c print_id=\$t${1}_id print_slot=\$t${1}_slot print_node=\$t${1}_node print_v=\$t${1}_v"
	[ -n "$print_c" ] || return 0
	use swarm/node-names
	node_name "$print_node"
	eval "print_prefix=\$v${print_v}_name.\$print_slot.\${print_id%?????????????}@\$node_name"
	[ -z "$logs_raw" ] || print_prefix=''
	print_log "$print_c" "${print_prefix:+$print_prefix    | }"
}
