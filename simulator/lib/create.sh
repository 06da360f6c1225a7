# shellcheck shell=sh
# create and run: what the daemon checks, and the container.

# daemon_says TEXT: a refusal by the daemon
daemon_says() {
	if [ -n "$prefix" ]; then
		refuse "docker: Error response from daemon: $1."
	else
		complain "Error response from daemon: $1"
	fi
}

# create_container IMAGE [WORD...] -> $c
create_container() {
	parse_ref "$1" || [ "$1" != "${1#sha256:}" ] || {
		if [ -n "$prefix" ]; then
			refuse "docker: $why."
		else
			complain "$why"
		fi
		return 1
	}
	if ! find_image "$1"; then
		pull_missing "$1" || return 1
	fi
	if [ -n "$o_name" ] && ! good_name "$o_name"; then
		daemon_says "Invalid container name ($o_name), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
	elif [ -n "$o_name" ] && find_name "$o_name"; then
		name_taken "$o_name"
		[ -z "$prefix" ] || name_taken=${name_taken%.}
		daemon_says "$name_taken"
	elif ! parse_policy "$o_policy"; then
		daemon_says "$why"
	else
		new_container "$@"
	fi
	[ "$rc" -eq 0 ]
}

# The image is not here: --pull decides.
pull_missing() {
	if [ "$o_pull" = never ]; then
		daemon_says "No such image: $1"
		return 1
	fi
	err="${err}Unable to find image '$1' locally$nl"
	pull_out=$out
	use image-records registry pull
	if pull_image "$1"; then
		err=$err${out#"$pull_out"}
		out=$pull_out
		find_image "$1"
		return
	fi
	out=$pull_out
	daemon_says "$why"
	return 1
}

new_container() {
	keep created $((created + 1))
	c=$created
	next_id
	[ -n "$o_name" ] || o_name=quirky_sim$c
	[ "$o_net" != host ] || [ -z "$o_ports" ] ||
		err="${err}WARNING: Published ports are discarded when using host network mode$nl"
	first_network
	new_volumes
	set_field "$c" id "$digest"
	set_field "$c" name "$o_name"
	set_field "$c" img "$img"
	set_field "$c" ref "$1"
	set_field "$c" st created
	set_field "$c" code 0
	set_field "$c" rc 0
	set_field "$c" pol "$policy"
	set_field "$c" max "$policy_max"
	set_field "$c" rm "$o_rm"
	set_field "$c" init "$o_init"
	set_field "$c" labels "$o_labels"
	set_field "$c" ports "$o_ports"
	set_field "$c" net "$o_net"
	set_field "$c" nw "$first_network"
	set_field "$c" pub ''
	set_field "$c" hc "$o_health"
	set_field "$c" t0 0
	set_field "$c" ev ''
	set_field "$c" at ''
	set_field "$c" hand ''
	set_field "$c" bo 100
	set_field "$c" runs 0
	set_field "$c" vols "$new_volumes"
	keep live "$c $live"
}

# -> $first_network: what it is attached to when it is started. The network need not exist.
first_network() {
	case $o_net in
	'' | default) first_network="${nl}bridge=///$nl" ;;
	container:*) first_network=$nl ;;
	*)
		use attachments
		find_network "$o_net" || net_name=$o_net
		first_network="$nl$net_name=/$o_ip//${o_aliases#,}$nl"
		;;
	esac
}

# next_id -> $digest: the next container id; simctl may have ordered one.
next_id() {
	if [ -n "$next_ids" ]; then
		digest=${next_ids%% *}
		case $next_ids in
		*' '*) keep next_ids "${next_ids#* }" ;;
		*) keep next_ids '' ;;
		esac
	else
		digest "container $created"
	fi
}

# -> $new_volumes: the anonymous ones, which `rm -v` takes along
new_volumes() {
	new_volumes=''
	new_id=$digest
	new_count=0
	for new_volume in $o_vols; do
		new_count=$((new_count + 1))
		case $new_volume in
		named:*) new_name=${new_volume#named:} ;;
		*)
			digest "volume $c $new_count"
			new_name=$digest
			new_volumes="$new_volumes $new_name"
			;;
		esac
		lookup "$vols" "$new_name" || keep vols "$nl$new_name=$c$vols"
	done
	digest=$new_id
}
