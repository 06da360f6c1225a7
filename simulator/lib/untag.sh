# shellcheck shell=sh
# rmi, image prune, tag: which references and images are here. Of its own, so that other calls need not read it.

do_rmi() {
	for rmi_word; do
		case $rmi_word in
		-*)
			unsupported "docker rmi $rmi_word"
			return
			;;
		*) ;;
		esac
		if find_image "$rmi_word"; then
			remove_image "$rmi_word"
		elif [ "$why" = 'invalid reference format' ] && ! parse_ref "$rmi_word"; then
			complain "Error response from daemon: $why"
		else
			complain "Error: No such image: $rmi_word"
		fi
	done
	spend 50
}

# One tag or digest goes when the image has others or nobody uses it; with its last tag go its digests, and with
# the last reference the image.
remove_image() {
	count_references "$img"
	if [ "$by" = id ]; then
		remove_by_id "$1"
		return
	fi
	if [ "$single" = yes ] && find_user "$img"; then
		get "$c" id
		complain "Error response from daemon: conflict: unable to remove repository reference \"$1\" (must force) - container ${got%"${got#????????????}"} is using its referenced image $img"
		return
	fi
	parse_ref "$1"
	if [ "$by" = digest ]; then
		drop_reference digs "$repo@$dig" "$repo${tag:+:$tag}@$dig"
	else
		drop_reference tags "$repo:${tag:-latest}" "$repo:${tag:-latest}"
		keys_of "$tags" "$img"
		case "$nl$keys" in
		*"$nl$repo:"*) ;;
		*) drop_digests "$repo@" ;;
		esac
	fi
	count_references "$img"
	[ "$references" -gt 0 ] || find_user "$img" || delete_image "$img"
}

remove_by_id() {
	if find_user "$img" running; then
		get "$c" id
		complain "Error response from daemon: conflict: unable to delete $img (cannot be forced) - image is being used by running container ${got%"${got#????????????}"}"
	elif [ "$single" = no ]; then
		complain "Error response from daemon: conflict: unable to delete $img (must be forced) - image is referenced in multiple repositories"
	elif find_user "$img"; then
		get "$c" id
		complain "Error response from daemon: conflict: unable to delete $img (must be forced) - image is being used by stopped container ${got%"${got#????????????}"}"
	else
		keys_of "$tags" "$img"
		for remove_tag in $keys; do
			drop_reference tags "$remove_tag" "$remove_tag"
		done
		drop_digests ''
		delete_image "$img"
	fi
}

# drop_reference LIST REF SHOWN
drop_reference() {
	eval "drop_list=\$$1"
	without "$drop_list" "$2"
	keep "$1" "$rest"
	say "Untagged: $3"
}

# drop_digests PREFIX: the image's digest references in one repository, or ('') all
drop_digests() {
	keys_of "$digs" "$img"
	for drop_key in $keys; do
		case $drop_key in
		"$1"*) drop_reference digs "$drop_key" "$drop_key" ;;
		*) ;;
		esac
	done
}

delete_image() {
	delete_imgs=''
	for delete_key in $imgs; do
		[ "$delete_key" = "$1" ] || delete_imgs="$delete_imgs $delete_key"
	done
	keep imgs "$delete_imgs"
	eval "say \"Deleted: sha256:\$m${1}_id\""
}

# count_references IMAGE -> $references, and $single: docker's notion of "this is its only reference", that is
# at most one tag, and digests of the same repository only.
count_references() {
	keys_of "$digs" "$1"
	count_digests=$key_count count_repos='' single=yes
	for count_key in $keys; do
		case " $count_repos " in
		*" ${count_key%@*} "*) ;;
		*) count_repos="$count_repos ${count_key%@*}" ;;
		esac
	done
	keys_of "$tags" "$1"
	references=$((count_digests + key_count))
	[ "$references" -gt 1 ] || return 0
	count_tag=${keys%%"$nl"*}
	[ "$key_count" -le 1 ] || single=no
	if [ "$key_count" -eq 1 ]; then
		[ "$count_repos" = " ${count_tag%:*}" ] || single=no
	else
		case $count_repos in
		' '*' '*) single=no ;;
		*) ;;
		esac
	fi
}

do_tag() {
	if ! find_image "${1-}"; then
		complain "Error response from daemon: No such image: ${1-}"
	elif ! parse_ref "${2-}"; then
		complain "Error parsing reference: \"${2-}\" is not a valid repository/tag: $why"
	else
		add_tag "$repo:${tag:-latest}" "$img"
	fi
	spend 20
}

# Only images without a tag that carry the label: a prune that forgets its filter is not taught.
prune_images() {
	prune_force='' prune_label=''
	while [ $# -gt 0 ]; do
		case $1 in
		--force | -f) prune_force=1 ;;
		--filter)
			case ${2-} in
			label=*) prune_label=${2#label=} ;;
			dangling=true | dangling=1) ;;
			*)
				unsupported "docker image prune --filter ${2-}"
				return
				;;
			esac
			shift
			;;
		--filter=label=*) prune_label=${1#--filter=label=} ;;
		--filter=dangling=true) ;;
		*)
			unsupported "docker image prune $1"
			return
			;;
		esac
		shift
	done
	[ -n "$prune_force" ] && [ -n "$prune_label" ] || {
		unsupported "docker image prune without --force or without a label"
		return
	}
	prune_labelled
	spend 50
}

prune_labelled() {
	pruned=''
	for prune_key in $imgs; do
		eval "prune_labels=\$m${prune_key}_lab"
		keys_of "$tags" "$prune_key"
		label_matches "$prune_labels" "$prune_label" || continue
		[ "$key_count" -eq 0 ] || continue
		! find_user "$prune_key" || continue
		img=$prune_key
		prune_out=$out
		drop_digests ''
		delete_image "$prune_key"
		out=$prune_out
		eval "pruned=\"\${pruned}deleted: sha256:\$m${prune_key}_id\$nl\""
	done
	[ -z "$pruned" ] || out="${out}Deleted Images:$nl$pruned$nl"
	say "Total reclaimed space: 0B"
}

# find_user IMAGE [running] -> $c: the oldest container that uses the image.
find_user() {
	c=''
	for find_i in $live; do
		eval "find_image=\$k${find_i}_img find_state=\$k${find_i}_st"
		[ "$find_image" = "$1" ] || continue
		case ${2-}:$find_state in
		running:created | running:exited) ;;
		*) c=$find_i ;;
		esac
	done
	[ -n "$c" ]
}
