# shellcheck shell=sh
# The containers of tasks.

# make_container TASK: of $img; one of another node is no container of this host
make_container() {
	keep created $((created + 1))
	c=$created
	use digest
	digest "container $c"
	tset "$1" c "$c"
	eval "make_v=\$t${1}_v make_id=\$t${1}_id make_slot=\$t${1}_slot make_spec=\$t${1}_spec make_node=\$t${1}_node make_ref=\$t${1}_ref"
	eval "make_name=\$v${make_v}_name make_service=\$v${make_v}_id"
	set_field "$c" id "$digest"
	set_field "$c" name "$make_name.$make_slot.$make_id"
	set_field "$c" img "$img"
	set_field "$c" ref "$make_ref"
	set_field "$c" st created
	set_field "$c" pol no
	task_labels
	set_field "$c" labels "$labels"
	task_ports
	set_field "$c" ports "$ports"
	set_field "$c" nw "${nl}bridge=///$nl"
	task_check
	set_field "$c" hc "$check"
	value_of "$make_spec" init false
	set_field "$c" init "$value"
	for make_field in net pub ev at hand vols; do
		set_field "$c" "$make_field" ''
	done
	for make_field in code rc max t0 runs; do
		set_field "$c" "$make_field" 0
	done
	set_field "$c" rm false
	set_field "$c" bo 100
	if [ "$make_node" = 1 ]; then
		keep live "$c $live"
	else
		keep away "$c $away"
	fi
}

# -> $labels
task_labels() {
	values_of "$make_spec" container-label || :
	labels="${nl}com.docker.swarm.node.id=node$make_node${nl}com.docker.swarm.service.id=$make_service${nl}com.docker.swarm.service.name=$make_name${nl}com.docker.swarm.task=${nl}com.docker.swarm.task.id=$make_id${nl}com.docker.swarm.task.name=$make_name.$make_slot.$make_id$nl$values"
}

# -> $ports: those of the node itself, as the container of a single host has them. For the others see ingress.sh.
task_ports() {
	ports=''
	values_of "$make_spec" publish || return 0
	for port in $values; do
		case $port in
		*:host) ;;
		*) continue ;;
		esac
		port_to=${port#*:}
		port_proto=${port_to#*/}
		ports="$ports 0.0.0.0:${port%%:*}/${port_proto%%:*}=${port_to%%/*}"
	done
}

# -> $check
task_check() {
	check=''
	! lookup "$make_spec" health-cmd || [ -z "$found" ] || check=yes
	! lookup "$make_spec" no-healthcheck || check=no
}
