# shellcheck shell=sh
# docker image inspect.

use images format

do_command() {
	format_option "$@" || return 0
	shift "$skip"
	spend 10
	for inspect_word; do
		find_image "$inspect_word" || {
			complain "Error: No such image: $inspect_word"
			continue
		}
		inspect_key=$img
		expand image_token "$format" || return 0
		say "$text"
	done
	[ -n "$out" ] || out=$nl
}

image_token() {
	case $f in
	'{{.Id}}'*) eval "put \"sha256:\$m${inspect_key}_id\" '{{.Id}}'" ;;
	'{{.ID}}'*) eval "put \"sha256:\$m${inspect_key}_id\" '{{.ID}}'" ;;
	'{{range .RepoDigests}} {{.}}{{end}}'*) put_references "$digs" '{{range .RepoDigests}} {{.}}{{end}}' ;;
	'{{range .RepoTags}} {{.}}{{end}}'*) put_references "$tags" '{{range .RepoTags}} {{.}}{{end}}' ;;
	'{{range .RepoDigests}}{{println .}}{{end}}'*) put_reference_lines "$digs" '{{range .RepoDigests}}{{println .}}{{end}}' ;;
	'{{range .RepoTags}}{{println .}}{{end}}'*) put_reference_lines "$tags" '{{range .RepoTags}}{{println .}}{{end}}' ;;
	"$check_token"*)
		use checks
		eval "behaviour=\$m${inspect_key}_beh"
		words=''
		! flag "$behaviour" healthcheck || check_words
		put "${words%% *}" "$check_token"
		;;
	*) return 1 ;;
	esac
}

check_token='{{with .Config.Healthcheck}}{{index .Test 0}}{{end}}'

put_reference_lines() {
	keys_of "$1" "$inspect_key"
	put "$keys" "$2"
}

put_references() {
	keys_of "$1" "$inspect_key"
	put_list=''
	for put_key in $keys; do
		put_list="$put_list $put_key"
	done
	put "$put_list" "$2"
}
