# shellcheck shell=sh
# docker network ls.

use containers format network-tokens
advance

do_command() {
	ls_wide='' ls_quiet='' ls_format='' ls_labels='' ls_names=''
	while [ $# -gt 0 ]; do
		case $1 in
		--no-trunc) ls_wide=1 ;;
		--quiet | -q) ls_quiet=1 ;;
		--*=*) list_option "${1%%=*}" "${1#*=}" ;;
		*)
			list_option "$1" "${2-}"
			[ $# -lt 2 ] || shift
			;;
		esac
		[ "$rc" -eq 0 ] || return 0
		shift
	done
	[ -n "$ls_quiet$ls_format" ] || {
		unsupported 'docker network ls without --format or --quiet'
		return
	}
	spend 10
	print_networks
}

# list_option OPTION VALUE
list_option() {
	case $1:$2 in
	--format:table* | --format:json) unsupported "docker network ls --format $2" ;;
	--format:*) ls_format=$2 ;;
	--filter:label=* | -f:label=*) ls_labels="$ls_labels${2#label=}$nl" ;;
	--filter:name=* | -f:name=*) filter_name "${2#name=}" ;;
	*) unsupported "docker network ls $1 $2" ;;
	esac
}

# filter_name PATTERN: to docker a regular expression, of which ^ and $ are known here
filter_name() {
	case $1 in
	*[!A-Za-z0-9_^'$-']*) unsupported "docker network ls --filter name=$1" ;;
	*) ls_names="$ls_names $1" ;;
	esac
}

print_networks() {
	# A format must not pass because there is nothing to print.
	net=1 net_name='' net_id=''
	[ -n "$ls_quiet" ] || expand network_token "$ls_format" || return 0
	print_rest=${nets#"$nl"}
	while [ -n "$print_rest" ]; do
		net=${print_rest%%"$nl"*}
		print_rest=${print_rest#*"$nl"}
		net_name=${net%=*}
		net=${net##*=}
		eval "net_id=\$w${net}_id"
		[ -n "$ls_wide" ] || net_id=${net_id%"${net_id#????????????}"}
		name_matches && network_labels_match || continue
		if [ -n "$ls_quiet" ]; then
			say "$net_id"
		else
			expand network_token "$ls_format" || return 0
			say "$text"
		fi
	done
}

# Several names: any of them. Each is a part of the name, unless it is anchored.
name_matches() {
	[ -n "$ls_names" ] || return 0
	for ls_name in $ls_names; do
		case ^$net_name\$ in
		*"$ls_name"*) return 0 ;;
		*) ;;
		esac
	done
	return 1
}

network_labels_match() {
	match_rest=$ls_labels
	eval "match_labels=\$w${net}_lab"
	while [ -n "$match_rest" ]; do
		label_matches "$match_labels" "${match_rest%%"$nl"*}" || return 1
		match_rest=${match_rest#*"$nl"}
	done
}
