# shellcheck shell=sh
# What a container is attached to: as far as each start and each request need it.
#
# `nets` lists the networks by name: lines of NAME=NUMBER, with w<NUMBER>_id, _int (internal), _sub (subnet), _lab.
# k<N>_nw lists a container's attachments by name: lines of NAME=ID/IP/HALF/ALIASES. ID is that of the network when the
# container last ran there, IP the address that was asked for. HALF is the run in which the attachment is none: a
# connect that failed leaves the name and an interface, or (with - at its end) the name alone.
# k<N>_pub is the run in which the ports stay published although no network that leads outside is left.
# Nobody keeps addresses: an attachment has one that is its network's, its container's and its run's.

# next_attachment -> takes one off $nw_left: $nw_name $nw_id $nw_ip $nw_half $nw_aliases
next_attachment() {
	nw_left=${nw_left#"$nl"}
	[ -n "$nw_left" ] || return 1
	nw_rest=${nw_left%%"$nl"*}
	nw_left=${nw_left#*"$nl"}
	nw_name=${nw_rest%=*}
	nw_rest=${nw_rest##*=}
	nw_id=${nw_rest%%/*}
	nw_rest=${nw_rest#*/}
	nw_ip=${nw_rest%%/*}
	nw_rest=${nw_rest#*/}
	nw_half=${nw_rest%%/*}
	nw_aliases=${nw_rest#*/}
}

# leads_out NETWORK: are ports published there?
leads_out() {
	case $1 in
	bridge) return 0 ;;
	host | none) return 1 ;;
	*) ;;
	esac
	lookup "$nets" "$1" || return 1
	eval "[ -z \"\$w${found}_int\" ]"
}

# reaches_out N RUN: is it attached to such a network in this run?
reaches_out() {
	get "$1" nw
	nw_left=$got
	while next_attachment; do
		[ "${nw_half%-}" != "$2" ] && leads_out "$nw_name" && return 0
	done
	return 1
}

# publishes N: does it hold its host ports?
publishes() {
	eval "publish_state=\$k${1}_st publish_run=\$k${1}_runs publish_kept=\$k${1}_pub"
	[ "$publish_state" = running ] || return 1
	[ "$publish_kept" = "$publish_run" ] || reaches_out "$1" "$publish_run"
}

# The daemon looks for a network that the container has run in by its id: one that has the same name is another one.
networks_are_there() { # N
	get "$1" nw
	# What nearly every container has costs nothing.
	[ "$got" != "${nl}bridge=///$nl" ] || return 0
	there_left=$got
	while [ "$there_left" != "$nl" ] && [ -n "$there_left" ]; do
		nw_left=$there_left
		next_attachment
		there_left=$nw_left
		why="network ${nw_id:-$nw_name} not found"
		lookup "$nets" "$nw_name" || return 1
		eval "there_id=\$w${found}_id"
		[ -z "$nw_id" ] || [ "$nw_id" = "$there_id" ] || return 1
		[ -n "$nw_ip" ] || continue
		use attachments
		address_is_free "$nw_name" "$nw_ip" "$1" || return 1
	done
}

# The container runs: it has been in each of its networks, and no attachment is a half one.
settle_networks() { # N
	get "$1" nw
	[ "$got" != "${nl}bridge=///$nl" ] || return 0
	settle_all=$nl
	nw_left=$got
	while next_attachment; do
		case $nw_name in
		bridge | host | none) settle_id='' ;;
		*)
			lookup "$nets" "$nw_name" || :
			eval "settle_id=\$w${found}_id"
			;;
		esac
		settle_all=$settle_all$nw_name=$settle_id/$nw_ip//$nw_aliases$nl
	done
	[ "$settle_all" = "$got" ] || set_field "$1" nw "$settle_all"
}
