# shellcheck shell=sh
# pull.

# pull_image REF: says what docker says; or $why not. $shown is the reference as docker repeats it.
pull_image() {
	load_registry
	parse_ref "$1"
	spend 200
	[ -n "$tag$dig" ] || {
		tag=latest
		say 'Using default tag: latest'
	}
	host_of "$repo"
	pull_path=${repo#"$host/"}
	reach_registry "$pull_path/manifests/${tag:-$dig}" || return 1
	pull_ref=$repo:$tag shown=$repo:$tag
	if [ -n "$dig" ]; then
		pull_ref=$repo@$dig shown=$repo${tag:+:$tag}@$dig
		lookup "$regd" "$pull_ref"
	else
		lookup "$reg" "$pull_ref"
	fi || {
		why="manifest for $pull_ref not found: manifest unknown: manifest unknown"
		return 1
	}
	take_image "$found"
}

take_image() {
	eval "pull_id=\$m${1}_id pull_digest=\$m${1}_dig pull_ver=\$m${1}_ver pull_beh=\$m${1}_beh pull_lab=\$m${1}_lab"
	pull_status="Image is up to date for $pull_ref" pull_head=${dig:+$pull_ref}
	if [ -n "$dig" ]; then
		lookup "$digs" "$pull_ref" || pull_status="Downloaded newer image for $pull_ref"
	else
		lookup "$tags" "$pull_ref" && [ "$found" = "$1" ] || pull_status="Downloaded newer image for $pull_ref"
		add_tag "$pull_ref" "$1"
	fi
	say "${pull_head:-$tag}: Pulling from $pull_path"
	case " $imgs " in
	*" $1 "*) ;;
	*)
		spend 800
		say "${pull_digest#*:????????????????????????????????????????????????????}: Pull complete"
		;;
	esac
	record_image "$1" "$pull_id" "$pull_digest" "$pull_ver" "$pull_beh" "$pull_lab"
	add_image "$1"
	add_digest "$repo@$pull_digest" "$1"
	say "Digest: $pull_digest"
	say "Status: $pull_status"
}
