# shellcheck shell=sh
# The lists of a specification: what update adds to them and takes from them, in the client's way. Which of the two wins
# when both name the same is another matter for each.

# change_lists: $o_add and $o_rm are applied to $o_spec and $o_conf; or a complaint
change_lists() {
	for kind in env container-label mount network secret config constraint publish; do
		change_list "$kind" "$o_spec" || return 1
		o_spec=$changed
	done
	change_list label "$o_conf" || return 1
	o_conf=$changed
}

# change_list KIND SPEC -> $changed
change_list() {
	changed=$2
	values_of "$o_add" "$1" && to_add=$values || to_add=''
	values_of "$o_rm" "$1" && to_rm=$values || to_rm=''
	values_of "$2" "$1" || :
	# Mounts are put in order by every update, which is another specification for their tasks.
	case $name:$1:$values in
	service-update:mount:?*) ;;
	*) [ -n "$to_add$to_rm" ] || return 0 ;;
	esac
	before=$values after=''
	case $1 in
	env | label | container-label)
		filter_items "$before" "$1" "$to_rm" "$to_add"
		after=$kept$to_add
		;;
	constraint)
		filter_items "$before$to_add" "$1" "$to_rm" ''
		after=$kept
		;;
	mount)
		filter_items "$before" "$1" "$to_rm" "$to_add"
		after=$kept
		no_twice "$to_add" || return 1
		filter_items "$to_add" "$1" "$to_rm" ''
		after=$after$kept
		;;
	publish)
		filter_items "$before" "$1" "$to_rm" ''
		after=$kept
		filter_same "$to_add" "$before"
		after=$after$kept
		;;
	network) change_networks || return 1 ;;
	*)
		filter_items "$before" "$1" "$to_rm" ''
		after=$kept$to_add
		known_items "$1" && no_conflict "$1" || return 1
		;;
	esac
	case $name:$1 in
	service-update:env | service-update:constraint | service-update:mount | service-update:publish)
		sort_lines "$after"
		after=$sorted
		;;
	*) ;;
	esac
	write_list "$1" "$2"
}

# write_list KIND SPEC -> $changed: its new list is $after
write_list() {
	changed=$2
	while :; do
		case $changed in
		*"$nl$1="*) without "$changed" "$1" && changed=$rest ;;
		*) break ;;
		esac
	done
	split
	for write_line in $after; do
		changed=$changed$1=$write_line$nl
	done
	unsplit
}

# key_of KIND ITEM -> $key: what names it
key_of() {
	case $1 in
	env | label | container-label) key=${2%%=*} ;;
	mount)
		key=${2#*,target=}
		key=${key%%,type=*}
		;;
	publish) key=${2#*:} ;;
	secret | config)
		key=${2#source=}
		key=${key%%,*}
		;;
	*) key=$2 ;;
	esac
}

# filter_items ITEMS KIND KEYS ITEMS2 -> $kept: without those that KEYS names and those that ITEMS2 has a newer one of
filter_items() {
	kept='' filter_keys=$nl$3
	split
	for filter_item in $4; do
		key_of "$2" "$filter_item"
		filter_keys=$filter_keys$key$nl
	done
	[ "$2" != publish ] || removed_ports
	for filter_item in $1; do
		key_of "$2" "$filter_item"
		has "$filter_keys" "$key" || kept=$kept$filter_item$nl
	done
	unsplit
}

# Ports are taken off by target, protocol and mode.
removed_ports() {
	removed=$nl
	for filter_item in $filter_keys; do
		item=$filter_item i_published='' i_target='' i_protocol=tcp i_mode=ingress
		case $filter_item in
		*=*)
			unsplit
			read_item publish publish-rm "$filter_item" || :
			split
			;;
		*) short_port publish-rm "$filter_item" || : ;;
		esac
		removed=$removed${item#*:}$nl
	done
	filter_keys=$removed
}

# filter_same ITEMS LINES -> $kept: the items that are no lines
filter_same() {
	kept=''
	split
	for filter_item in $1; do
		has "$nl$2" "$filter_item" || kept=$kept$filter_item$nl
	done
	unsplit
}

# no_twice ITEMS: two mounts for one target
no_twice() {
	twice=$nl
	split
	for twice_item in $1; do
		key_of mount "$twice_item"
		if has "$twice" "$key"; then
			unsplit
			complain 'duplicate mount target'
			return 1
		fi
		twice=$twice$key$nl
	done
	unsplit
}

# change_networks -> $after
change_networks() {
	after=$before
	split
	for network in $to_rm; do
		known_network "$network" || break
		filter_same "$after" "$network$nl"
		after=$kept
		split
	done
	for network in $to_add; do
		[ "$rc" -eq 0 ] && known_network "${network%%,*}" || break
		if has "$nl$after" "${network%%,*}"; then
			[ "$name" = service-create ] || complain "service is already attached to network ${network%%,*}"
			continue
		fi
		after=$after$network$nl
	done
	unsplit
	[ "$rc" -eq 0 ]
}

# known_network NAME: one that services can be attached to
known_network() {
	! has "$overlays" "$1" || return 0
	case $1 in
	bridge | host | none) return 0 ;;
	*) ;;
	esac
	complain "Error response from daemon: network $1 not found"
	split
	return 1
}

# known_items KIND: secrets and configs that are there
known_items() {
	eval "known_list=\$${1}s"
	split
	for known_item in $to_add; do
		key_of "$1" "$known_item"
		has "$known_list" "$key" || {
			unsplit
			complain "$1 not found: $key"
			return 1
		}
	done
	unsplit
}

# no_conflict KIND: no two in one place
no_conflict() {
	conflict_seen=$nl
	split
	for conflict_item in $after; do
		conflict_target=${conflict_item#*,target=}
		key_of "$1" "$conflict_item"
		if lookup_line "$conflict_seen" "${conflict_target%%,*}"; then
			unsplit
			complain "Error response from daemon: rpc error: code = InvalidArgument desc = $1 references '$line_value' and '$key' have a conflicting target: '${conflict_target%%,*}'"
			return 1
		fi
		conflict_seen=$conflict_seen${conflict_target%%,*}=$key$nl
	done
	unsplit
}

# lookup_line LIST KEY -> $line_value, where lines are split already
lookup_line() {
	case $1 in
	*"$nl$2="*)
		line_value=${1#*"$nl$2="}
		line_value=${line_value%%"$nl"*}
		;;
	*) return 1 ;;
	esac
}

# sort_lines LINES -> $sorted
sort_lines() {
	sorted=$nl
	split
	for sort_line in $1; do
		sort_into="$nl" sort_new=$sort_line$nl
		for sort_old in $sorted; do
			if [ -n "$sort_new" ] && comes_before "$sort_line" "$sort_old"; then
				sort_into=$sort_into$sort_new
				sort_new=''
			fi
			sort_into=$sort_into$sort_old$nl
		done
		sorted=$sort_into$sort_new
	done
	unsplit
	sorted=${sorted#"$nl"}
}
