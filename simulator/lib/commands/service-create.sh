# shellcheck shell=sh
# docker service create.

use containers options client swarm/advance swarm/options swarm/lists swarm/resolve swarm/checks attachments
advance

do_command() {
	service_options "$@" || return 0
	shift $(($# - left))
	[ $# -gt 0 ] || {
		complain '"docker service create" requires at least 1 argument.'
		return
	}
	spend 30
	for create_word; do
		one_line "$create_word" || return 0
	done
	create_service "$@"
}

# create_service IMAGE [WORD...]
create_service() {
	o_ref=$1
	shift
	for create_word; do
		o_spec=${o_spec}arg=$create_word$nl
	done
	be_manager && change_lists && resolve_image "$o_ref" || return 0
	set_setting image "$resolved"
	[ -z "$auth" ] || set_setting auth "$auth"
	check_service || return 0
	keep vmade $((vmade + 1))
	v=$vmade
	swarm_id "service $v"
	sset "$v" id "$digest"
	sset "$v" name "$o_name"
	for create_field in pspec pconf us usm again at todo end; do
		sset "$v" "$create_field" ''
	done
	sset "$v" spec "$o_spec"
	sset "$v" conf "$o_conf"
	sset "$v" tries "$nl"
	sset "$v" work "$nl"
	sset "$v" new "$nl"
	sset "$v" all 0
	next_version "$v"
	keep svs "$v $svs"
	fit_slots "$v"
	settle_swarm
	sget "$v" id
	say "$got"
}
