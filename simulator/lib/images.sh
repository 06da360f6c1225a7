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
	keys_rest=$1
	while :; do
		case $keys_rest in
		*"=$2$nl"*) ;;
		*) break ;;
		esac
		keys_line=${keys_rest%%"=$2$nl"*}
		keys="$keys${keys_line##*"$nl"}$nl"
		key_count=$((key_count + 1))
		keys_rest=$nl${keys_rest#*"=$2$nl"}
	done
}

# add_tag REF IMAGE, add_digest REF IMAGE: the reference moves to this image
add_tag() {
	without "$tags" "$1"
	keep tags "$nl$1=$2$rest"
}

add_digest() {
	without "$digs" "$1"
	keep digs "$nl$1=$2$rest"
}

# record_image SHORT ID DIGEST VERSION BEHAVIOUR LABELS: what an image is, in this host's state
record_image() {
	keep "m${1}_id" "$2"
	keep "m${1}_dig" "$3"
	keep "m${1}_ver" "$4"
	keep "m${1}_beh" "$5"
	keep "m${1}_lab" "$6"
	case " $known " in
	*" $1 "*) ;;
	*) keep known "$known $1" ;;
	esac
}

# has_image SHORT; add_image SHORT: now among the local ones
add_image() {
	case " $imgs " in
	*" $1 "*) ;;
	*) keep imgs "$1 $imgs" ;;
	esac
}

# label_matches LABELS K=V|K
label_matches() {
	case $2 in
	*=*) has "$1" "$2" ;;
	*) lookup "$1" "$2" ;;
	esac
}
