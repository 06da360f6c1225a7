# shellcheck shell=sh
# The options of create and run, and what the client checks itself.

# The options that take a value; every other known one is a switch.
VALUED='
add-host attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile cpu-period
cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems detach-keys device
device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns dns-opt dns-option
dns-search domainname entrypoint env env-file expose gpus group-add health-cmd health-interval health-retries
health-start-period health-timeout hostname ip ip6 ipc isolation kernel-memory label label-file link
link-local-ip log-driver log-opt mac-address memory memory-reservation memory-swap memory-swappiness mount name
net net-alias network network-alias oom-score-adj pid pids-limit platform publish pull restart runtime
security-opt shm-size stop-signal stop-timeout storage-opt sysctl tmpfs ulimit user userns uts volume
volume-driver volumes-from workdir
'
SWITCHES='
detach disable-content-trust init interactive no-healthcheck oom-kill-disable privileged publish-all
read-only rm sig-proxy tty
'

# one_of TABLE WORD
one_of() {
	case $2 in
	*[!a-z0-9-]*) return 1 ;;
	*) ;;
	esac
	case $1 in
	*[[:space:]]"$2"[[:space:]]*) return 0 ;;
	*) return 1 ;;
	esac
}

# create_options WORD...: reads up to the image; $left is how many words begin with it.
create_options() {
	o_name='' o_ports='' o_labels=$nl o_policy='' o_net='' o_rm=false o_init=false o_vols='' o_pull=missing o_health='' o_ip='' o_aliases=''
	while [ $# -gt 0 ]; do
		left=$#
		case $1 in
		--)
			left=$(($# - 1))
			return 0
			;;
		--*=*) create_option "${1%%=*}" "${1#*=}" "$1" ;;
		--*)
			if one_of "$SWITCHES" "${1#--}"; then
				create_switch "${1#--}" true
			else
				create_option "$1" "${2-}" "$1" "$#"
				[ $# -lt 2 ] || shift
			fi
			;;
		-?*)
			short_option "$@"
			shift "$short_used"
			;;
		*) break ;;
		esac
		[ "$rc" -eq 0 ] || return 1
		shift
	done
	left=$#
	[ "$o_rm" = false ] || [ -z "$o_policy" ] || [ "$o_policy" = no ] || {
		refuse 'docker: Conflicting options: --restart and --rm.'
		return 1
	}
}

# short_option WORD...: -p 80:80, -p80:80, -itd, -dp 80:80; $short_used more words were its value
short_option() {
	short_used=0
	short_word=${1#-}
	while [ -n "$short_word" ]; do
		short_next=${short_word#?}
		short_letter=${short_word%"$short_next"}
		short_word=$short_next
		case $short_letter in
		d) create_switch detach true ;;
		i | t | P) ;;
		a | c | e | h | l | m | p | u | v | w)
			if [ -z "$short_word" ]; then
				short_used=1
				[ $# -gt 1 ] || short_used=0
				short_word=${2-}
			fi
			create_option "-$short_letter" "$short_word" "$1" $(($# + 1 - short_used))
			return
			;;
		*)
			refuse "unknown shorthand flag: '$short_letter' in $1"
			return
			;;
		esac
	done
}

create_switch() {
	case $1 in
	rm) o_rm=$2 ;;
	init) o_init=$2 ;;
	detach) detached=1 ;;
	no-healthcheck) o_health=no ;;
	*) ;;
	esac
}

# create_option OPTION VALUE WORD [COUNT]: one option; COUNT 1 means that its value is missing
create_option() {
	option=${1#--}
	if [ "${4:-2}" -eq 1 ] && one_of "$VALUED" "$option"; then
		refuse "flag needs an argument: $3"
		return
	fi
	case $option in
	name) o_name=${2#/} ;;
	-p | publish) publish "$2" ;;
	-l | label) add_label "$2" ;;
	restart) o_policy=$2 ;;
	network | net) choose_network "$2" ;;
	network-alias | net-alias) o_aliases="$o_aliases,$2" ;;
	ip) o_ip=$2 ;;
	env-file) check_env_file "$2" ;;
	-v | volume) add_volume "$2" ;;
	-m | memory) check_memory "$2" ;;
	cpus) check_cpus "$2" ;;
	pull) o_pull=$2 ;;
	health-cmd) o_health=yes ;;
	-?) ;;
	*)
		if one_of "$SWITCHES" "$option"; then
			create_switch "$option" "$2"
		elif ! one_of "$VALUED" "$option"; then
			refuse "unknown flag: --$option"
		fi
		;;
	esac
}

choose_network() {
	case $o_net:$1 in
	*,*) unsupported "docker $name --network $1" ;;
	:*) o_net=$1 ;;
	*) unsupported "docker $name with two networks" ;;
	esac
}

# publish [IP:]HOST:CONTAINER[/PROTO] adds IP:HOST/PROTO=CONTAINER; a container port alone gets a random host port,
# which never conflicts
publish() {
	publish_proto=tcp publish_spec=$1 publish_ip=0.0.0.0
	case $publish_spec in
	*/*)
		publish_proto=${publish_spec##*/}
		publish_spec=${publish_spec%/*}
		;;
	*) ;;
	esac
	publish_to=${publish_spec##*:}
	publish_host=''
	case $publish_spec in
	*:*) publish_host=${publish_spec%:*} ;;
	*) ;;
	esac
	case $publish_host in
	*:*)
		publish_ip=${publish_host%:*}
		publish_host=${publish_host##*:}
		;;
	*) ;;
	esac
	case $publish_host$publish_to in
	*-*) unsupported "a port range: $1" ;;
	*)
		if ! good_port "$publish_to"; then
			refuse "docker: Invalid containerPort: $publish_to."
		elif [ -n "$publish_host" ] && ! good_port "$publish_host"; then
			refuse "docker: Invalid hostPort: $publish_host."
		else
			o_ports="$o_ports ${publish_ip:-0.0.0.0}:$publish_host/$publish_proto=$publish_to"
		fi
		;;
	esac
}

good_port() {
	case $1 in
	'' | *[!0-9]* | ??????*) return 1 ;;
	*) [ "$1" -le 65535 ] ;;
	esac
}

# A name before the colon is a volume of that name; a path alone is an anonymous volume.
add_volume() {
	case $1 in
	/*:* | .*:*) ;;
	*:*) o_vols="$o_vols named:${1%%:*}" ;;
	*) o_vols="$o_vols anonymous" ;;
	esac
}

check_memory() {
	case $1 in
	*[bkmgtBKMGT]) memory_number=${1%?} ;;
	*) memory_number=$1 ;;
	esac
	case $memory_number in
	'' | *[!0-9.]*) refuse "invalid argument \"$1\" for \"-m, --memory\" flag: invalid size: '$1'" ;;
	*) ;;
	esac
}

check_cpus() {
	case $1 in
	'' | *[!0-9.]*) refuse "invalid argument \"$1\" for \"--cpus\" flag: failed to parse $1 as a rational number" ;;
	*) ;;
	esac
}

check_env_file() {
	if [ -d "$1" ]; then
		refuse "docker: read $1: is a directory."
	elif [ ! -e "$1" ]; then
		refuse "docker: open $1: no such file or directory."
	elif [ ! -r "$1" ]; then
		refuse "docker: open $1: permission denied."
	else
		check_env_lines "$1"
	fi
}

check_env_lines() {
	while IFS= read -r env_line || [ -n "$env_line" ]; do
		case $env_line in
		'' | '#'*) ;;
		*)
			case ${env_line%%=*} in
			*[[:space:]]*) refuse "docker: poorly formatted environment: variable '${env_line%%=*}' contains whitespaces." ;;
			*) ;;
			esac
			;;
		esac
	done <"$1"
}
