# shellcheck shell=sh
# docker service update.

use containers options client swarm/advance swarm/options swarm/lists swarm/resolve swarm/checks swarm/rollback attachments
advance

do_command() {
	service_options "$@" || return 0
	[ "$o_services" -eq 1 ] || {
		complain '"docker service update" requires exactly 1 argument.'
		return
	}
	spend 30
	be_manager || return 0
	find_service "$o_service" || {
		complain "Error response from daemon: service $o_service not found"
		return
	}
	if [ -n "$o_rollback" ]; then
		case $o_given$o_image$o_force in
		'') roll_back "$v" ;;
		*) complain 'other flags may not be combined with --rollback' ;;
		esac
	else
		update_service "$v"
	fi
	[ "$rc" -ne 0 ] || say "$o_service"
}

# update_service N
update_service() {
	merge_settings "$1"
	change_lists || return 0
	if [ -n "$o_image" ]; then
		resolve_image "$o_image" || return 0
		set_setting image "$resolved"
		[ -z "$auth" ] || set_setting auth "$auth"
	fi
	check_service || return 0
	for update_field in spec conf; do
		eval "sset \"\$1\" \"p\$update_field\" \"\$v${1}_$update_field\""
		eval "sset \"\$1\" \"\$update_field\" \"\$o_$update_field\""
	done
	sset "$1" us ''
	sset "$1" usm ''
	sset "$1" again ''
	sset "$1" tries "$nl"
	next_version "$1"
	begin_update "$1"
	settle_swarm
}

# merge_settings N: what was given stands in for what was
merge_settings() {
	sget "$1" name
	o_name=$got
	merge_spec=$o_spec merge_conf=$o_conf
	eval "o_spec=\$v${1}_spec o_conf=\$v${1}_conf"
	merge_lines "$merge_spec" spec
	merge_lines "$merge_conf" conf
	if [ -n "$o_force" ]; then
		value_of "$o_spec" force 0
		set_setting force $((value + 1))
	fi
	case " $o_given " in
	*' args '*)
		use swarm/words
		new_arguments
		;;
	*) ;;
	esac
}

# merge_lines LINES spec|conf
merge_lines() {
	merge_left=${1#"$nl"}
	while [ -n "$merge_left" ]; do
		merge_line=${merge_left%%"$nl"*}
		merge_left=${merge_left#*"$nl"}
		case $2 in
		spec) set_setting "${merge_line%%=*}" "${merge_line#*=}" ;;
		*) set_manner "${merge_line%%=*}" "${merge_line#*=}" ;;
		esac
	done
}
