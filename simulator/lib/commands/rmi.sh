# shellcheck shell=sh
# docker rmi.

use containers images untag
advance

do_command() {
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
