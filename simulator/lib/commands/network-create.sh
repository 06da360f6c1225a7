# shellcheck shell=sh
# docker network create.

use containers attachments client digest networks
advance

do_command() {
	o_internal='' o_labels=$nl o_driver=bridge o_subnet=''
	while [ $# -gt 0 ]; do
		case $1 in
		--internal | --internal=true) o_internal=1 ;;
		--internal=false) o_internal='' ;;
		--*=*) network_option "${1%%=*}" "${1#*=}" ;;
		-*)
			network_option "$1" "${2-}"
			[ $# -lt 2 ] || shift
			;;
		*) break ;;
		esac
		[ "$rc" -eq 0 ] || return 0
		shift
	done
	exactly 1 "$@" || return 0
	spend 50
	case $1 in
	bridge | host | none | default) complain "Error response from daemon: operation is not permitted on predefined $1 network" ;;
	*"$nl"* | '') unsupported 'a network name like this' ;;
	*)
		if lookup "$nets" "$1"; then
			complain "Error response from daemon: network with name $1 already exists"
		else
			add_network "$1"
			say "$digest"
		fi
		;;
	esac
}

# network_option OPTION VALUE
network_option() {
	case $1:$2 in
	--driver:bridge | -d:bridge) ;;
	--label:*) add_label "$2" ;;
	--subnet:*.*.*.*/16 | --subnet:*.*.*.*/24) o_subnet=$2 ;;
	*) unsupported "docker network create $1 $2" ;;
	esac
}
