# shellcheck shell=sh
# docker push.

use images image-records registry push

do_command() {
	push_quiet=''
	while [ $# -gt 0 ]; do
		case $1 in
		--quiet | -q) push_quiet=1 ;;
		-*)
			unsupported "docker push $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	parse_ref "${1-}" && [ -z "$dig" ] || {
		complain "$why"
		return
	}
	load_registry
	[ -n "$tag" ] || say 'Using default tag: latest'
	host_of "$repo"
	say "The push refers to repository [$repo]"
	push_image "$repo:${tag:-latest}"
	[ -z "$push_quiet" ] || {
		out=''
		[ "$rc" -ne 0 ] || say "$repo:${tag:-latest}"
	}
	spend 500
}

push_image() {
	if ! lookup "$tags" "$1"; then
		case $tags in
		*"$nl$repo:"*) complain "tag does not exist: $1" ;;
		*) complain "An image does not exist locally with the tag: $repo" ;;
		esac
		return
	fi
	push_key=$found
	if ! reach_registry "${repo#"$host/"}"; then
		case $why in
		*'no basic auth'*) complain 'no basic auth credentials' ;;
		*) complain "$why" ;;
		esac
		return
	fi
	publish_image "$1" "$push_key"
	add_digest "$repo@$push_digest" "$push_key"
	say "${push_key}: Pushed"
	say "${tag:-latest}: digest: $push_digest size: 527"
}
