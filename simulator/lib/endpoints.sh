# shellcheck shell=sh
# shellcheck disable=SC2016 # the variables are the template's
# container inspect: the tokens about networks and port bindings.

bindings_token='{{range $p, $b := .HostConfig.PortBindings}}{{$p}} {{end}}'

endpoint_token() {
	case $f in
	'{{.HostConfig.NetworkMode}}'*)
		get "$c" net
		put "${got:-default}" '{{.HostConfig.NetworkMode}}'
		;;
	'{{len .HostConfig.PortBindings}}'*)
		list_bindings
		put "$binding_count" '{{len .HostConfig.PortBindings}}'
		;;
	"$bindings_token"*)
		list_bindings
		put "$bindings" "$bindings_token"
		;;
	'{{len .NetworkSettings.Networks}}'*) put_network_count ;;
	'{{range $'*' := .NetworkSettings.Networks}}'*'{{end}}'*) put_attachments ;;
	'{{range .NetworkSettings.Networks}}'*'{{end}}'*) put_attachments ;;
	'{{with index .NetworkSettings.Networks "'*'{{end}}'*) put_attachments ;;
	*) return 1 ;;
	esac
}

# -> $bindings: the container's ports, each once, in docker's order and with a blank behind; $binding_count
list_bindings() {
	bindings='' binding_count=0
	get "$c" ports
	binding_list=$nl
	for binding in $got; do
		binding_proto=${binding%=*}
		insert "$binding_list" "${binding##*=}/${binding_proto##*/}" ''
		binding_list=$inserted
	done
	for binding in $binding_list; do
		bindings="$bindings${binding%=} "
		binding_count=$((binding_count + 1))
	done
}

put_network_count() {
	get "$c" nw
	nw_left=$got network_count=0
	while next_attachment; do
		network_count=$((network_count + 1))
	done
	put "$network_count" '{{len .NetworkSettings.Networks}}'
}

# A block that is printed for each network, or for the one of that name. Its body may have the variables' own names.
put_attachments() {
	read_block
	block_text=''
	get "$c" nw
	block_left=$got
	while [ "$block_left" != "$nl" ] && [ -n "$block_left" ]; do
		nw_left=$block_left
		next_attachment
		block_left=$nw_left
		[ -z "$block_only" ] || [ "$block_only" = "$nw_name" ] || continue
		address_of "$c"
		fill_block || return 1
	done
	put "$block_text" "$token"
}

# fill_block: $block_body with the attachment's name and address, onto $block_text
fill_block() {
	fill_rest=$block_body
	while :; do
		case $fill_rest in
		*'{{'*) ;;
		*) break ;;
		esac
		block_text=$block_text${fill_rest%%'{{'*}
		fill_rest='{{'${fill_rest#*'{{'}
		fill_token=${fill_rest%%'}}'*}'}}'
		fill_rest=${fill_rest#"$fill_token"}
		case $fill_token in
		"{{$block_value.IPAddress}}") block_text=$block_text$address ;;
		"{{$block_value.GlobalIPv6Address}}") ;;
		"$block_key") block_text=$block_text$nw_name ;;
		*) return 1 ;;
		esac
	done
	block_text=$block_text$fill_rest
}

# read_block: $token with its $block_body, the words that stand there for name and attachment, and the only network
read_block() {
	token=${f%%'{{end}}'*}'{{end}}'
	block_head=${token%%'}}'*}
	block_body=${token#*'}}'}
	block_body=${block_body%'{{end}}'}
	block_key='' block_value='' block_only=''
	case $block_head in
	*index*)
		block_only=${block_head%'"'*}
		block_only=${block_only##*'"'}
		;;
	*,*)
		block_key=${block_head#'{{range '}
		block_value=${block_key#*, }
		block_key="{{${block_key%%,*}}}"
		block_value=${block_value%% *}
		;;
	*) ;;
	esac
}
