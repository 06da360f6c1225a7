# shellcheck shell=sh
# The options of service create and service update, and what the client checks itself.
#
# $o_spec and $o_conf grow into the specification, lines KEY=VALUE: lists as they were given, durations in milliseconds. What shall
# be added to lists and taken from them is noted in $o_add and $o_rm (lines KIND=VALUE), in the client's order of doing it.

SERVICE_VALUED='
env mount network secret config label container-label constraint publish
env-add mount-add network-add secret-add config-add label-add container-label-add constraint-add publish-add
env-rm mount-rm network-rm secret-rm config-rm label-rm container-label-rm constraint-rm publish-rm
name image args replicas user limit-memory limit-cpu restart-condition restart-max-attempts restart-delay stop-grace-period endpoint-mode
health-cmd health-interval health-timeout health-retries health-start-period
update-parallelism update-delay update-monitor update-failure-action update-max-failure-ratio update-order
rollback-parallelism rollback-delay rollback-monitor rollback-failure-action rollback-max-failure-ratio rollback-order
'
SERVICE_SWITCHES='
detach init no-healthcheck no-resolve-image with-registry-auth force rollback quiet
'

# What docker knows besides, and nobody taught the simulator.
SERVICE_UNTAUGHT='
cap-add cap-drop credential-spec dns dns-option dns-search entrypoint env-file generic-resource group health-start-interval host hostname
isolation limit-pids log-driver log-opt max-concurrent memory-swap memory-swappiness mode oom-score-adj placement-pref read-only
replicas-max-per-node reserve-cpu reserve-memory restart-window stop-signal sysctl tty ulimit workdir
'

# service_options WORD...: up to the image; $left is how many words begin with it. With update, options may come after the service,
# which is $o_service.
service_options() {
	o_service='' o_services=0
	o_spec=$nl o_conf=$nl o_add=$nl o_rm=$nl o_name='' o_image='' o_args='' o_detach='' o_auth='' o_resolve=1 o_force='' o_rollback='' o_given=''
	while [ $# -gt 0 ]; do
		left=$#
		case $1 in
		--)
			left=$(($# - 1))
			return 0
			;;
		--*=*) service_option "${1%%=*}" "${1#*=}" ;;
		--*)
			if one_of "$SERVICE_SWITCHES" "${1#--}"; then
				service_switch "${1#--}" true
			else
				[ $# -gt 1 ] || ! one_of "$SERVICE_VALUED" "${1#--}" || refuse "flag needs an argument: $1"
				service_option "$1" "${2-}"
				[ $# -lt 2 ] || shift
			fi
			;;
		-d) service_switch detach true ;;
		-?*) unsupported "docker $name $1" ;;
		*)
			[ "$name" != service-create ] || break
			o_service=$1 o_services=$((o_services + 1))
			;;
		esac
		[ "$rc" -eq 0 ] || return 1
		shift
	done
	left=$#
	[ -n "$o_detach" ] || {
		unsupported "docker $name without --detach"
		return 1
	}
}

service_switch() {
	case $1 in
	detach) [ "$2" != true ] || o_detach=1 ;;
	with-registry-auth) [ "$2" != true ] || o_auth=1 ;;
	no-resolve-image) [ "$2" != true ] || o_resolve='' ;;
	force) [ "$2" != true ] || o_force=1 ;;
	rollback) [ "$2" != true ] || o_rollback=1 ;;
	init) set_setting init "$2" ;;
	no-healthcheck) set_setting no-healthcheck "$2" ;;
	*) ;;
	esac
}

# set_setting KEY VALUE: of the tasks
set_setting() {
	one_line "$2" || return 0
	without "$o_spec" "$1"
	o_spec=$rest$1=$2$nl
	o_given="$o_given $1"
}

# set_manner KEY VALUE: of the service
set_manner() {
	without "$o_conf" "$1"
	o_conf=$rest$1=$2$nl
	o_given="$o_given $1"
}

# service_option OPTION VALUE
service_option() {
	option=${1#--}
	one_line "$2" || return 0
	if one_of "$SERVICE_SWITCHES" "$option"; then
		service_switch "$option" "$2"
		return
	fi
	case $name:$option in
	service-create:image | service-create:args | service-create:*-add | service-create:*-rm | service-update:name) option=- ;;
	service-update:env | service-update:mount | service-update:network | service-update:secret | service-update:config) option=- ;;
	service-update:label | service-update:container-label | service-update:constraint | service-update:publish) option=- ;;
	*) one_of "$SERVICE_VALUED" "$option" || option=- ;;
	esac
	case $option in
	-) unknown_option "${1#--}" ;;
	name) o_name=$2 ;;
	image) o_image=$2 ;;
	args)
		o_args=$2
		o_given="$o_given args"
		;;
	*-rm)
		o_rm=$o_rm${option%-rm}=$2$nl
		o_given="$o_given $option"
		;;
	env | mount | network | secret | config | label | container-label | constraint | publish | *-add) add_item "${option%-add}" "$option" "$2" ;;
	replicas | *-parallelism | *-attempts | *-retries) add_number "$option" "$2" ;;
	*-delay | *-monitor | *-period | *-interval | *-timeout) add_duration "$option" "$2" ;;
	*-failure-ratio) add_ratio "$option" "$2" ;;
	*-order | *-action) set_manner "$option" "$2" ;;
	limit-memory | limit-cpu) add_limit "$option" "$2" ;;
	*) set_setting "$option" "$2" ;;
	esac
}

unknown_option() {
	option=${1%-add}
	if one_of "$SERVICE_UNTAUGHT" "$1" || one_of "$SERVICE_UNTAUGHT" "${option%-rm}"; then
		unsupported "docker $name --$1"
	else
		refuse "unknown flag: --$1"
	fi
}

# add_number OPTION VALUE
add_number() {
	case $2 in
	'' | *[!0-9]*)
		refuse "invalid argument \"$2\" for \"--$1\" flag: strconv.ParseUint: parsing \"$2\": invalid syntax"
		return
		;;
	*) ;;
	esac
	case $1 in
	replicas | *-parallelism) set_manner "$1" "$2" ;;
	*) set_setting "$1" "$2" ;;
	esac
}

# add_duration OPTION VALUE
add_duration() {
	parse_duration "$2" || {
		refuse "invalid argument \"$2\" for \"--$1\" flag: time: $why"
		return
	}
	case $1 in
	update-* | rollback-*) set_manner "$1" "$ms" ;;
	*) set_setting "$1" "$ms" ;;
	esac
}

# parse_duration TEXT -> $ms, or $why not
parse_duration() {
	ms=0 duration=$1
	why="invalid duration \"$1\""
	[ "$1" != 0 ] || return 0
	[ -n "$1" ] || return 1
	while [ -n "$duration" ]; do
		duration_number=${duration%%[!0-9]*}
		duration=${duration#"$duration_number"}
		[ -n "$duration_number" ] || return 1
		case $duration in
		ms*) duration=${duration#ms} duration_factor=1 ;;
		s*) duration=${duration#s} duration_factor=1000 ;;
		m*) duration=${duration#m} duration_factor=60000 ;;
		h*) duration=${duration#h} duration_factor=3600000 ;;
		'')
			why="missing unit in duration \"$1\""
			return 1
			;;
		*) return 1 ;;
		esac
		ms=$((ms + duration_number * duration_factor))
	done
}

# add_ratio OPTION VALUE: kept in thousandths
add_ratio() {
	case $2 in
	0 | 0.0) set_manner "$1" 0 ;;
	1 | 1.0) set_manner "$1" 1000 ;;
	0.[0-9]) set_manner "$1" "${2#0.}00" ;;
	*) unsupported "--$1 $2" ;;
	esac
}

# add_limit OPTION VALUE
add_limit() {
	case $1:$2 in
	limit-cpu:*[!0-9.]*) refuse "invalid argument \"$2\" for \"--limit-cpu\" flag: failed to parse $2 as a rational number" ;;
	limit-memory:*[!0-9.bkmgtBKMGT]*) refuse "invalid argument \"$2\" for \"--limit-memory\" flag: invalid suffix: '${2#"${2%%[!0-9.]*}"}'" ;;
	*) set_setting "$1" "$2" ;;
	esac
}

# add_item KIND OPTION VALUE
add_item() {
	o_given="$o_given $2"
	item=$3
	case $1 in
	publish | mount | secret | config | network) read_item "$@" || return 0 ;;
	label | container-label) read_label "$@" || return 0 ;;
	*) ;;
	esac
	o_add=$o_add$1=$item$nl
}

# read_label KIND OPTION VALUE -> $item
read_label() {
	case $3 in
	*=*) ;;
	*) item=$3= ;;
	esac
	case $3 in
	=*) refuse "invalid argument \"$3\" for \"--$2\" flag: invalid label '$3': empty name" ;;
	*) return 0 ;;
	esac
	return 1
}

# read_item KIND OPTION VALUE -> $item: fields KEY=VALUE, comma-separated
read_item() {
	i_type=volume i_source='' i_target='' i_mode=ingress i_protocol=tcp i_published='' i_flag='' i_more=''
	case $1:$3 in
	*:*\"*)
		unsupported "--$2 $3"
		return 1
		;;
	publish:*=* | mount:*) ;;
	secret:*=* | config:*=* | network:*=*) ;;
	publish:*)
		short_port "$2" "$3"
		return
		;;
	secret:* | config:*) i_source=$3 ;;
	*)
		return 0
		;;
	esac
	case $3 in
	*=*)
		item_rest=$3,
		while [ -n "$item_rest" ]; do
			read_part "$1" "$2" "$3" "${item_rest%%,*}" || return 1
			item_rest=${item_rest#*,}
		done
		;;
	*) ;;
	esac
	write_item "$@"
}

# read_part KIND OPTION VALUE PART
read_part() {
	part_value=${4#*=}
	case $1:$4 in
	publish:published=*) i_published=$part_value ;;
	publish:target=*) i_target=$part_value ;;
	publish:protocol=tcp | publish:protocol=udp | publish:protocol=sctp) i_protocol=$part_value ;;
	publish:mode=ingress | publish:mode=host) i_mode=$part_value ;;
	publish:mode=*)
		refuse "invalid argument \"$3\" for \"-p, --$2\" flag: invalid publish mode value ($part_value): must be either 'ingress' or 'host'"
		return 1
		;;
	mount:type=*) i_type=$part_value ;;
	mount:readonly | mount:ro | mount:readonly=true | mount:ro=true) i_flag=,readonly ;;
	mount:readonly=false | mount:ro=false) ;;
	mount:source=* | mount:src=* | secret:source=* | config:source=*) i_source=$part_value ;;
	mount:target=* | mount:dst=* | mount:destination=* | secret:target=* | config:target=*) i_target=$part_value ;;
	network:name=*) i_source=$part_value ;;
	network:alias=*) i_more=$i_more,$4 ;;
	secret:uid=* | secret:gid=* | secret:mode=* | config:uid=* | config:gid=* | config:mode=*) i_more=$i_more,$4 ;;
	mount:*=*)
		refuse "invalid argument \"$3\" for \"--$2\" flag: unexpected key '${4%%=*}' in '$4'"
		return 1
		;;
	mount:*)
		refuse "invalid argument \"$3\" for \"--$2\" flag: invalid field '$4' must be a key=value pair"
		return 1
		;;
	*)
		unsupported "--$2 $3"
		return 1
		;;
	esac
}

# write_item KIND OPTION VALUE -> $item
write_item() {
	case $1 in
	publish) item=$i_published:$i_target/$i_protocol:$i_mode ;;
	mount) check_mount "$2" "$3" ;;
	secret) item=source=$i_source,target=${i_target:-$i_source}$i_more ;;
	config) item=source=$i_source,target=${i_target:-/$i_source}$i_more ;;
	*) item=$i_source$i_more ;;
	esac
}

# check_mount OPTION VALUE -> $item
check_mount() {
	case $i_type:$i_target:$i_source in
	bind:?*:* | volume:?*:*)
		item=$i_source,target=$i_target,type=$i_type$i_flag
		return
		;;
	bind:*:* | volume:*:*) ;;
	*)
		unsupported "--$1 $2"
		return 1
		;;
	esac
	refuse "invalid argument \"$2\" for \"--$1\" flag: target is required"
	return 1
}

# short_port OPTION VALUE -> $item: PUBLISHED:TARGET[/PROTOCOL]
short_port() {
	case $2 in
	*/*) i_protocol=${2##*/} ;;
	*) ;;
	esac
	i_target=${2%/*}
	case $i_target in
	*:*:* | *-*)
		unsupported "--$1 $2"
		return 1
		;;
	*:*)
		i_published=${i_target%%:*}
		i_target=${i_target#*:}
		;;
	*) ;;
	esac
	if ! good_port "$i_target"; then
		refuse "invalid argument \"$2\" for \"-p, --$1\" flag: invalid containerPort: $i_target"
		return 1
	fi
	item=$i_published:$i_target/$i_protocol:$i_mode
}
