# shellcheck shell=sh
# Local images: references and look-up. An image is called by its short id (12 digits); its
# record is m<short>_id, _dig (manifest digest), _beh (behaviour), _ver (what its HTTP answers) and _lab (labels).

# parse_ref TEXT -> $repo $tag $dig, or $why it is no reference
parse_ref() {
	why="invalid reference format" dig='' tag=''
	repo=${1%%@*}
	case $1 in
	*@sha256:*) dig=${1#*@} ;;
	*@*) return 1 ;;
	*) ;;
	esac
	case ${repo##*/} in
	*:*)
		tag=${repo##*:}
		repo=${repo%:*}
		good_tag "$tag" || return 1
		;;
	*) ;;
	esac
	[ -z "$dig" ] || good_hex "${dig#sha256:}" || return 1
	repo=${repo#docker.io/}
	repo=${repo#library/}
	good_repo "$repo"
}

good_tag() {
	case $1 in
	'' | [.-]* | *[!A-Za-z0-9_.-]*) return 1 ;;
	*) [ "${#1}" -le 128 ] ;;
	esac
}

good_hex() {
	case $1 in
	*[!0-9a-f]*) return 1 ;;
	*) [ "${#1}" -eq 64 ] ;;
	esac
}

# A registry's address may have capitals and a port, the path after it may not.
good_repo() {
	good_rest=$1
	case ${1%%/*} in
	"$1") ;;
	*.* | *:* | localhost) good_rest=${1#*/} ;;
	*) ;;
	esac
	case $good_rest in
	'' | *[!A-Za-z0-9_./-]* | [./_-]* | *[./_-] | *//*) return 1 ;;
	*[A-Z]*)
		why="invalid reference format: repository name must be lowercase"
		return 1
		;;
	*) return 0 ;;
	esac
}

# find_image REF -> $img, and $by: tag, digest or id. A digest beats the tag beside it, as in docker.
find_image() {
	img='' by=''
	case $1 in
	sha256:*) find_by_id "${1#sha256:}" && return ;;
	*) ;;
	esac
	parse_ref "$1" || return 1
	if [ -n "$dig" ]; then
		by=digest
		lookup "$digs" "$repo@$dig" && img=$found
		return
	fi
	by=tag
	if lookup "$tags" "$repo:${tag:-latest}"; then
		img=$found
		return
	fi
	[ -z "$tag" ] && find_by_id "$1"
}

find_by_id() {
	by=id
	case $1 in
	'' | *[!0-9a-f]*) return 1 ;;
	*) ;;
	esac
	for find_key in $imgs; do
		eval "find_full=\$m${find_key}_id"
		case $find_full in
		"$1"*)
			[ -z "$img" ] || return 1
			img=$find_key
			;;
		*) ;;
		esac
	done
	[ -n "$img" ]
}

# keys_of LIST IMAGE -> $keys: the references (one a line) that lead to the image, and how many: $key_count
keys_of() {
	keys='' key_count=0
	split
	for keys_line in $1; do
		case $keys_line in
		*"=$2")
			keys="$keys${keys_line%"=$2"}$nl"
			key_count=$((key_count + 1))
			;;
		*) ;;
		esac
	done
	unsplit
}
