# shellcheck shell=sh
# docker tag.

use containers images image-records
advance

do_command() {
	if ! find_image "${1-}"; then
		complain "Error response from daemon: No such image: ${1-}"
	elif ! parse_ref "${2-}"; then
		complain "Error parsing reference: \"${2-}\" is not a valid repository/tag: $why"
	else
		add_tag "$repo:${tag:-latest}" "$img"
	fi
	spend 20
}
