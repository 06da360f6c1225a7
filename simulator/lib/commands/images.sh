# shellcheck shell=sh
# docker images.

use images format

do_command() {
	images_wide='' images_format='' images_quiet='' images_label='' images_dangling=''
	while [ $# -gt 0 ]; do
		case $1 in
		--quiet | -q) images_quiet=1 ;;
		--no-trunc) images_wide=1 ;;
		--format)
			images_format=${2-}
			shift
			;;
		--filter)
			case ${2-} in
			label=*) images_label=${2#label=} ;;
			dangling=true) images_dangling=1 ;;
			*) break ;;
			esac
			shift
			;;
		*) break ;;
		esac
		shift
	done
	[ $# -eq 0 ] && [ -n "$images_quiet$images_format" ] || {
		unsupported "docker images $*"
		return
	}
	spend 10
	list_images
}

list_images() {
	i_ref=''
	expand images_token "$images_format" || return 0
	for i_key in $imgs; do
		eval "i_id=sha256:\$m${i_key}_id i_labels=\$m${i_key}_lab"
		[ -n "$images_wide" ] || i_id=$i_key
		[ -z "$images_label" ] || label_matches "$i_labels" "$images_label" || continue
		keys_of "$tags" "$i_key"
		[ -z "$images_dangling" ] || [ "$key_count" -eq 0 ] || continue
		if [ "$key_count" -eq 0 ]; then
			keys_of "$digs" "$i_key"
			keys=${keys%%@*}
			keys=${keys:-<none>}:'<none>'
		fi
		for i_ref in $keys; do
			if [ -n "$images_quiet" ]; then
				say "$i_id"
			else
				expand images_token "$images_format" || return
				say "$text"
			fi
		done
	done
}

images_token() {
	case $f in
	'{{.ID}}'*) put "$i_id" '{{.ID}}' ;;
	'{{.Repository}}'*) put "${i_ref%:*}" '{{.Repository}}' ;;
	'{{.Tag}}'*) put "${i_ref##*:}" '{{.Tag}}' ;;
	*) return 1 ;;
	esac
}
