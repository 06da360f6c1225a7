# shellcheck shell=sh
# --format templates of networks: what ls and inspect share.

network_token() {
	case $name:$f in
	*:'{{.Name}}'*) put "$net_name" '{{.Name}}' ;;
	*:'{{.ID}}'*) put "$net_id" '{{.ID}}' ;;
	network-inspect:'{{.Id}}'*) put "$net_id" '{{.Id}}' ;;
	*:'{{.Internal}}'*) put_internal ;;
	*:'{{.Driver}}'*) put_driver ;;
	network-ls:'{{.Label "'* | network-inspect:'{{index .Labels "'* | network-inspect:'{{or (index .Labels "'*) put_network_label ;;
	network-inspect:'{{len .Containers}}'*) put_member_count ;;
	network-inspect:'{{range .Containers}}'*'{{end}}'*) put_members ;;
	*) return 1 ;;
	esac
}

put_internal() {
	eval "internal=\$w${net}_int"
	case $internal in
	'') put false '{{.Internal}}' ;;
	*) put true '{{.Internal}}' ;;
	esac
}

put_driver() {
	case $net_name in
	none) put null '{{.Driver}}' ;;
	host) put host '{{.Driver}}' ;;
	*) put bridge '{{.Driver}}' ;;
	esac
}

# {{index .Labels "X"}}, {{or (index .Labels "X") "Y"}} and, of a list, {{.Label "X"}}
put_network_label() {
	token=${f%%'}}'*}'}}'
	key=${token#*'"'}
	key=${key%%'"'*}
	eval "lookup \"\$w${net}_lab\" \"\$key\"" || {
		[ -z "${raw-}" ] || found='<no value>'
	}
	case $token in
	'{{or '*)
		or_default=${token%'"}}'}
		or_default=${or_default##*'"'}
		[ "$found" != '<no value>' ] || found=''
		found=${found:-$or_default}
		;;
	*) ;;
	esac
	put "$found" "$token"
}
