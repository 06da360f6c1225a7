# shellcheck shell=sh
# Nodes: `nodes` has lines NAME=NUMBER; 1 is this host. n<N>_id, _st (ready, down, drain), _role, _lab (labels), and _digs, the images that
# another node has: lines REPO@DIGEST=IMAGE.

# choose_node TASK -> $node, where the fewest tasks of the service are; or $why there is none
choose_node() {
	node='' node_least='' node_total=0 node_barred=0 node_taken=0
	eval "node_spec=\$t${1}_spec node_service=\$t${1}_v"
	node_rest=${nodes#"$nl"}
	while [ -n "$node_rest" ]; do
		node_line=${node_rest%%"$nl"*}
		node_rest=${node_rest#*"$nl"}
		eval "node_state=\$n${node_line##*=}_st"
		[ "$node_state" = ready ] || continue
		node_total=$((node_total + 1))
		if ! meets_constraints "${node_line##*=}" "${node_line%=*}"; then
			node_barred=$((node_barred + 1))
		elif ! has_free_ports "${node_line##*=}" "$1"; then
			node_taken=$((node_taken + 1))
		else
			consider_node "${node_line##*=}"
		fi
	done
	[ -z "$node" ] || return 0
	explain_nodes
	return 1
}

# consider_node N: it may run the task; has it fewer of them than the best so far?
consider_node() {
	node_count=0
	for node_i in $tks; do
		eval "node_at=\$t${node_i}_node node_of=\$t${node_i}_v node_want=\$t${node_i}_want"
		[ "$node_at:$node_of" != "$1:$node_service" ] || [ "$node_want" = Shutdown ] || node_count=$((node_count + 1))
	done
	[ -z "$node" ] || [ "$node_count" -lt "$node_least" ] || return 0
	node=$1 node_least=$node_count
}

explain_nodes() {
	why=''
	[ "$node_barred" -eq 0 ] || why="scheduling constraints not satisfied on $node_barred node"
	[ "$node_barred" -lt 2 ] || why=${why}s
	[ "$node_taken" -eq 0 ] || why="${why:+$why; }host-mode port already in use on $node_taken node"
	[ "$node_taken" -lt 2 ] || why=${why}s
	why="no suitable node${why:+ ($why)}"
}

# meets_constraints NODE NAME
meets_constraints() {
	values_of "$node_spec" constraint || return 0
	constraints=$values
	while [ -n "$constraints" ]; do
		constraint=${constraints%%"$nl"*}
		constraints=${constraints#*"$nl"}
		meets_constraint "$1" "$2" "$constraint" || return 1
	done
}

# meets_constraint NODE NAME TEXT
meets_constraint() {
	case $3 in
	*!=*) constraint_not=1 constraint_key=${3%%!=*} constraint_value=${3#*!=} ;;
	*) constraint_not='' constraint_key=${3%%==*} constraint_value=${3#*==} ;;
	esac
	while :; do
		case $constraint_key:$constraint_value in
		*' ':*) constraint_key=${constraint_key% } ;;
		*:' '*) constraint_value=${constraint_value# } ;;
		*) break ;;
		esac
	done
	node_fact "$1" "$2" "$constraint_key"
	if [ "$fact" = "$constraint_value" ]; then
		[ -z "$constraint_not" ]
	else
		[ -n "$constraint_not" ]
	fi
}

# node_fact NODE NAME KEY -> $fact
node_fact() {
	fact=''
	case $3 in
	node.hostname) fact=$2 ;;
	node.role | node.id) eval "fact=\$n${1}_${3#node.}" ;;
	node.platform.os) fact=linux ;;
	node.labels.*)
		eval "lookup \"\$n${1}_lab\" \"\${3#node.labels.}\"" || :
		fact=$found
		;;
	*) ;;
	esac
}

# has_free_ports NODE TASK: those that the service publishes on the node itself
has_free_ports() {
	case $node_spec in
	*:host"$nl"*) ;;
	*) return 0 ;;
	esac
	for free_i in $tks; do
		eval "free_node=\$t${free_i}_node free_st=\$t${free_i}_st free_spec=\$t${free_i}_spec"
		[ "$free_node" = "$1" ] && [ "$free_i" != "$2" ] && is_alive "$free_st" || continue
		values_of "$node_spec" publish || :
		for free_port in $values; do
			case $free_port:$free_spec in
			*:host:*"${nl}publish=${free_port%%:*}:"*:host"$nl"*) return 1 ;;
			*) ;;
			esac
		done
	done
}

# supply_image NODE REF AUTH -> $img, on this node now and whether that took a pull ($pulled); or it is not to be had. A digest
# that is there is not asked for, whatever else happens.
supply_image() {
	pulled=''
	if have_image "$1" "$2" && [ -n "$dig" ]; then
		return 0
	fi
	supply_here=$img
	parse_ref "$2" || return 1
	load_registry
	host_of "$repo"
	if node_reaches "$3" && find_in_registry; then
		img=$found
		pulled=1
		keep_image "$1" "$img"
		return 0
	fi
	img=$supply_here
	[ -n "$img" ]
}

find_in_registry() {
	if [ -n "$dig" ]; then
		lookup "$regd" "$repo@$dig"
	else
		lookup "$reg" "$repo:${tag:-latest}"
	fi
}

# have_image NODE REF -> $img
have_image() {
	if [ "$1" = 1 ]; then
		find_image "$2"
		return
	fi
	img=''
	parse_ref "$2" || return 1
	eval "have_digs=\$n${1}_digs"
	lookup "$have_digs" "$repo@$dig" && img=$found
}

# node_reaches AUTH: does the registry of $host let in whoever has this login?
node_reaches() {
	registry_is_up || return 1
	! is_guarded || [ "$1" = "$reg_auth" ]
}

# keep_image NODE IMAGE: pulled
keep_image() {
	eval "keep_id=\$m${2}_id keep_dig=\$m${2}_dig keep_ver=\$m${2}_ver keep_beh=\$m${2}_beh keep_lab=\$m${2}_lab"
	record_image "$2" "$keep_id" "$keep_dig" "$keep_ver" "$keep_beh" "$keep_lab"
	if [ "$1" = 1 ]; then
		add_image "$2"
		add_digest "$repo@$keep_dig" "$2"
		[ -n "$dig" ] || add_tag "$repo:${tag:-latest}" "$2"
	else
		eval "without \"\$n${1}_digs\" \"\$repo@\$keep_dig\""
		keep "n${1}_digs" "$nl$repo@$keep_dig=$2$rest"
	fi
}
