# shellcheck shell=sh
# Finding and changing attachments, and their addresses. Read it where publishing.sh was read.

# find_attachment N NAME: the same of one network
find_attachment() {
	get "$1" nw
	nw_left=''
	lookup "$got" "$2" || return 1
	nw_left=$2=$found$nl
	next_attachment
}

# set_attachment N NAME ID/IP/HALF/ALIASES
set_attachment() {
	get "$1" nw
	insert "$got" "$2" "$3"
	set_field "$1" nw "$inserted"
}

# drop_attachment N NAME
drop_attachment() {
	get "$1" nw
	without "$got" "$2"
	set_field "$1" nw "$rest"
}

# insert LIST NAME VALUE -> $inserted: the list with this line, in the order of its names
insert() {
	without "$1" "$2"
	insert_rest=${rest#"$nl"} inserted=$nl insert_new=$2=$3$nl
	while [ -n "$insert_rest" ]; do
		insert_line=${insert_rest%%"$nl"*}
		insert_rest=${insert_rest#*"$nl"}
		if [ -n "$insert_new" ] && comes_before "$2" "${insert_line%=*}"; then
			inserted=$inserted$insert_new
			insert_new=''
		fi
		inserted=$inserted$insert_line$nl
	done
	inserted=$inserted$insert_new
}

# comes_before A B: byte by byte; the shells' own comparison is no part of POSIX.
comes_before() {
	before_a=$1 before_b=$2
	while [ -n "$before_a" ] && [ -n "$before_b" ]; do
		before_1=${before_a%"${before_a#?}"}
		before_2=${before_b%"${before_b#?}"}
		if [ "$before_1" != "$before_2" ]; then
			before_1=${alphabet%%"$before_1"*}
			before_2=${alphabet%%"$before_2"*}
			[ "${#before_1}" -lt "${#before_2}" ]
			return
		fi
		before_a=${before_a#?}
		before_b=${before_b#?}
	done
	[ -n "$before_b" ]
}

# find_network WORD -> $net, its number, and $net_name: name, full id, then unique id prefix
find_network() {
	net='' net_name=''
	if lookup "$nets" "$1"; then
		net=$found net_name=$1
		return 0
	fi
	case $1 in
	'' | *[!0-9a-f]*) return 1 ;;
	*) ;;
	esac
	net_rest=${nets#"$nl"}
	while [ -n "$net_rest" ]; do
		net_line=${net_rest%%"$nl"*}
		net_rest=${net_rest#*"$nl"}
		eval "net_id=\$w${net_line##*=}_id"
		case $net_id in
		"$1"*)
			[ -z "$net" ] || return 1
			net=${net_line##*=} net_name=${net_line%=*}
			;;
		*) ;;
		esac
	done
	[ -n "$net" ]
}

# accepts_address NETWORK [IP]: or $why it takes no address that somebody chose
accepts_address() {
	[ -n "${2-}" ] || return 0
	case $1 in
	bridge | host | none)
		why='user specified IP address is supported on user defined networks only'
		return 1
		;;
	*) ;;
	esac
	lookup "$nets" "$1" || return 0
	eval "subnet=\$w${found}_sub"
	why='user specified IP address is supported only when connecting to networks with user configured subnets'
	[ -n "$subnet" ]
}

# address_is_free NETWORK IP N: for container N; or $why not
address_is_free() {
	accepts_address "$1" "$2" || return 1
	lookup "$nets" "$1" || :
	eval "network_prefix \"$found\""
	why="Invalid address $2: It does not belong to any of this network's subnets"
	case $2 in
	"$prefix".*) ;;
	*) return 1 ;;
	esac
	find_address "$2" && [ "$c" != "$3" ] || {
		c=$3
		return 0
	}
	c=$3
	why='Address already in use'
	return 1
}

# network_prefix NUMBER -> $prefix: what its addresses begin with
network_prefix() {
	eval "prefix=\$w${1}_sub"
	case $prefix in
	'') prefix=172.$((16 + $1 % 200)) ;;
	*/16) prefix=${prefix%.*.*} ;;
	*) prefix=${prefix%.*} ;;
	esac
}

# address_of N -> $address of the attachment that next_attachment read: '' when it has none
address_of() {
	address=''
	eval "address_state=\$k${1}_st address_run=\$k${1}_runs"
	[ "$address_state" = running ] && [ "$nw_half" != "$address_run-" ] && lookup "$nets" "$nw_name" || return 0
	case $nw_name in
	host | none) ;;
	*)
		address=$nw_ip
		[ -z "$address" ] || return 0
		network_prefix "$found"
		case $prefix in
		*.*.*) address=$prefix.$((2 + ($1 * 16 + address_run) % 250)) ;;
		*) address=$prefix.$(($1 % 256)).$((1 + address_run % 250)) ;;
		esac
		;;
	esac
}

# find_address IP -> $c, the running container that has it
find_address() {
	c=''
	for address_i in $live; do
		eval "nw_left=\$k${address_i}_nw"
		while next_attachment; do
			address_of "$address_i"
			[ "$address" != "$1" ] || c=$address_i
		done
	done
	[ -n "$c" ]
}
