# shellcheck shell=sh
# Services: what is kept of one, and how it is found.
#
# `svs` lists the services, newest first. v<N>_id, _name, _idx (version index), _spec (of what its tasks are made, lines KEY=VALUE,
# one a value), _conf (the rest: label=, replicas=, how it is updated), _pspec and _pconf (of before, '' = none), _us and _usm
# (state and message of the update, '' = none); the rest is the updater's (updater.sh).
# `tks` lists the tasks, newest first (tasks.sh). Nodes: nodes.sh. `raft` counts changes. `swarm_at` is when something happens next.

# sget N FIELD -> $got; sset N FIELD VALUE
sget() {
	eval "got=\$v${1}_$2"
}

sset() {
	keep "v${1}_$2" "$3"
}

# A line break in a value has no place in lists of lines.
one_line() {
	case $1 in
	*"$nl"*)
		unsupported "a line break in a service's settings"
		return 1
		;;
	*) ;;
	esac
}

# be_manager: or the daemon's complaint
be_manager() {
	case $swarm in
	manager) return 0 ;;
	worker) not_manager="This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager." ;;
	*) not_manager="This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again." ;;
	esac
	complain "Error response from daemon: $not_manager"
	return 1
}

# find_service WORD -> $v: full id, then name, then unique id prefix
find_service() {
	v='' find_prefix=''
	for find_i in $svs; do
		eval "find_id=\$v${find_i}_id find_label=\$v${find_i}_name"
		if [ "$find_id" = "$1" ]; then
			v=$find_i
			return 0
		fi
		[ "$find_label" != "$1" ] || v=$find_i
		case $find_id in
		"${1:--}"*) find_prefix="$find_prefix $find_i" ;;
		*) ;;
		esac
	done
	[ -z "$v" ] || return 0
	case $find_prefix in
	'' | ' '*' '*) return 1 ;;
	*) v=${find_prefix# } ;;
	esac
}

# next_version N: the service has changed
next_version() {
	keep raft $((raft + 1))
	sset "$1" idx "$raft"
}

# values_of SPEC KEY -> $values: the values of its lines KEY=..., one a line
values_of() {
	values=''
	case $1 in
	*"$nl$2="*) ;;
	*) return 1 ;;
	esac
	split
	for values_line in $1; do
		case $values_line in
		"$2="*) values=$values${values_line#*=}$nl ;;
		*) ;;
		esac
	done
	unsplit
}

# value_of SPEC KEY DEFAULT -> $value
value_of() {
	if lookup "$1" "$2"; then
		value=$found
	else
		value=${3-}
	fi
}

# swarm_id WORDS -> $digest: 25 letters and digits
swarm_id() {
	use digest
	digest "$1"
	digest=${digest%???????????????????????????????????????}
}
