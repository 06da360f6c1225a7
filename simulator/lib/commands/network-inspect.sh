# shellcheck shell=sh
# docker network inspect.

use containers publishing attachments members format network-tokens
advance

do_command() {
	format_option "$@" || return 0
	shift "$skip"
	spend 10
	# As with containers: a field that the client does not know makes it read the JSON.
	raw=''
	case $format in
	*'{{.Id}}'*) raw=1 ;;
	*) ;;
	esac
	for inspect_word; do
		find_network "$inspect_word" || {
			complain "Error: No such network: $inspect_word"
			continue
		}
		eval "net_id=\$w${net}_id"
		list_members "$net_name"
		expand network_token "$format" || return 0
		say "$text"
	done
	[ -n "$out" ] || out=$nl
}

put_member_count() {
	count=0
	for member in $members; do
		count=$((count + 1))
	done
	put "$count" '{{len .Containers}}'
}

put_members() {
	token=${f%%'{{end}}'*}'{{end}}'
	member_body=${token#'{{range .Containers}}'}
	member_body=${member_body%'{{end}}'}
	member_text=''
	for member in $members; do
		get "${member##*=}" name
		member_rest=$member_body
		while :; do
			case $member_rest in
			*'{{.Name}}'*)
				member_text=$member_text${member_rest%%'{{.Name}}'*}$got
				member_rest=${member_rest#*'{{.Name}}'}
				;;
			*'{{'*) return 1 ;;
			*) break ;;
			esac
		done
		member_text=$member_text$member_rest
	done
	put "$member_text" "$token"
}
