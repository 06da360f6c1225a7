# shellcheck shell=sh
# simctl: a swarm, its nodes and what services can be given.

# make_swarm manager|worker
make_swarm() {
	case $1 in
	manager | worker) keep swarm "$1" ;;
	*) usage "swarm $1" ;;
	esac
	for made in raft vmade tmade; do
		keep "$made" 10
	done
	for made in svs tks away; do
		keep "$made" ''
	done
	for made in overlays secrets configs nodes; do
		keep "$made" "$nl"
	done
	set_node manager-1
	keep n1_role manager
}

# set_node NAME [STATE] [LABEL...]
set_node() {
	node_name=${1:?} node_state=ready node_labels=$nl
	shift
	for word; do
		case $word in
		ready | down | drain) node_state=$word ;;
		*=*) node_labels=$node_labels$word$nl ;;
		*) usage "node $node_name $word" ;;
		esac
	done
	if lookup "$nodes" "$node_name"; then
		node=$found
		[ "$node_state" = ready ] || leave_node
	else
		add_node
	fi
	keep "n${node}_st" "$node_state"
	[ "$node_labels" = "$nl" ] || keep "n${node}_lab" "$node_labels"
}

add_node() {
	node=1
	for node_i in $nodes; do
		node=$((node + 1))
	done
	keep nodes "$nodes$node_name=$node$nl"
	swarm_id "node $node"
	keep "n${node}_id" "$digest"
	keep "n${node}_role" worker
	keep "n${node}_lab" "$nl"
	keep "n${node}_digs" "$nl"
}

# The managers notice after a while that a node is silent; then others take over.
leave_node() {
	use containers swarm/advance
	leave_ms=0
	[ "$node_state" = drain ] || leave_ms=22000
	for leave_i in $tks; do
		eval "leave_node=\$t${leave_i}_node leave_st=\$t${leave_i}_st leave_c=\$t${leave_i}_c"
		[ "$leave_node" = "$node" ] && is_alive "$leave_st" || continue
		tset "$leave_i" bad lost
		[ -z "$leave_c" ] || set_field "$leave_c" st exited
		tset "$leave_i" at $((now + leave_ms))
	done
	plan_swarm
}

# add_to_swarm LIST NAME
add_to_swarm() {
	eval "has \"\$$1\" \"\$2\" || keep \"\$1\" \"\$$1\$2\$nl\""
}

show_services() {
	use swarm/counts
	for v in $svs; do
		count_running "$v"
		eval "show_conf=\$v${v}_conf show_spec=\$v${v}_spec show_us=\$v${v}_us show_name=\$v${v}_name"
		value_of "$show_spec" image
		show_image=$value
		value_of "$show_conf" replicas 1
		say "$show_name $show_image $running/$value ${show_us:--}"
	done
}
