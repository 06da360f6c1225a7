# shellcheck shell=sh
# docker ps.

use containers format
advance

owner_rest='"}}ours{{else if or (.Label "gen-scripts.app") (.Label "com.docker.compose.project") (.Label "com.docker.swarm.service.id")}}managed{{else}}plain{{end}}'

do_command() {
	ps_all='' ps_wide='' ps_format='' ps_quiet='' ps_labels='' ps_ancestor=''
	while [ $# -gt 0 ]; do
		ps_option=$1
		case $1 in
		--format | --filter | -f)
			ps_value=${2-}
			shift
			;;
		--*=*)
			ps_option=${1%%=*}
			ps_value=${1#*=}
			;;
		*) ;;
		esac
		choose_ps_option || {
			unsupported "docker ps $ps_option ${ps_value-}"
			return
		}
		shift
	done
	spend 10
	case $ps_format in
	table* | json)
		unsupported "docker ps --format $ps_format"
		return
		;;
	'')
		[ -n "$ps_quiet" ] || {
			unsupported 'docker ps without --format or --quiet'
			return
		}
		;;
	*'{{.Image}}'*) use images ;;
	*) ;;
	esac
	unescape_format
	list_containers
}

choose_ps_option() {
	case $ps_option in
	--all | -a) ps_all=1 ;;
	--quiet | -q) ps_quiet=1 ;;
	-aq | -qa) ps_all=1 ps_quiet=1 ;;
	--no-trunc) ps_wide=1 ;;
	--format) ps_format=$ps_value ;;
	--filter | -f)
		case $ps_value in
		label=*) ps_labels="$ps_labels${ps_value#label=}$nl" ;;
		ancestor=*)
			use images
			# One that leads nowhere matches nothing.
			if find_image "${ps_value#ancestor=}"; then
				ps_ancestor="$ps_ancestor $img"
			else
				ps_ancestor="$ps_ancestor -"
			fi
			;;
		*) return 1 ;;
		esac
		;;
	*) return 1 ;;
	esac
}

# docker ps (not inspect) knows \t and \n.
unescape_format() {
	while :; do
		case $ps_format in
		*'\t'*) ps_format=${ps_format%%'\t'*}'	'${ps_format#*'\t'} ;;
		*'\n'*) ps_format=${ps_format%%'\n'*}$nl${ps_format#*'\n'} ;;
		*) break ;;
		esac
	done
}

list_containers() {
	# A format must not pass because there is nothing to print.
	p='' p_labels=$nl
	expand ps_token "$ps_format" || return 0
	for p in $live; do
		eval "p_id=\$k${p}_id p_name=\$k${p}_name p_state=\$k${p}_st p_labels=\$k${p}_labels p_image=\$k${p}_img"
		case $ps_all:$p_state in
		:created | :exited) continue ;;
		*) ;;
		esac
		[ -z "$ps_ancestor" ] || case "$ps_ancestor " in
		*" $p_image "*) ;;
		*) continue ;;
		esac
		labels_match || continue
		[ -n "$ps_wide" ] || p_id=${p_id%"${p_id#????????????}"}
		if [ -n "$ps_quiet" ]; then
			say "$p_id"
			continue
		fi
		expand ps_token "$ps_format" || return
		say "$text"
	done
}

labels_match() {
	match_rest=$ps_labels
	while [ -n "$match_rest" ]; do
		label_matches "$p_labels" "${match_rest%%"$nl"*}" || return 1
		match_rest=${match_rest#*"$nl"}
	done
}

# ps_token: fields of `docker ps` for container $p
ps_token() {
	case $f in
	'{{.ID}}'*) put "$p_id" '{{.ID}}' ;;
	'{{.State}}'*) put "$p_state" '{{.State}}' ;;
	'{{.Names}}'*) put "$p_name" '{{.Names}}' ;;
	'{{.Image}}'*)
		ps_image
		put "$ps_image" '{{.Image}}'
		;;
	'{{printf "%q" (.Label "'*)
		label_token
		lookup "$p_labels" "$key" || :
		go_quote "$found"
		put "$quoted" "$token"
		;;
	'{{.Label "'*)
		label_token
		lookup "$p_labels" "$key" || :
		put "$found" "$token"
		;;
	'{{if eq (.Label "gen-scripts.app") "'*"$owner_rest"*) ps_owner ;;
	*) return 1 ;;
	esac
}

ps_owner() {
	owner_app=${f#'{{if eq (.Label "gen-scripts.app") "'}
	owner_app=${owner_app%%'"'*}
	owner=plain
	for owner_key in gen-scripts.app com.docker.compose.project com.docker.swarm.service.id; do
		! lookup "$p_labels" "$owner_key" || [ -z "$found" ] || owner=managed
	done
	lookup "$p_labels" gen-scripts.app || :
	[ "$found" != "$owner_app" ] || owner=ours
	text=$text$owner
	# Brace by brace: to cut off as much at once takes longer than all the rest of the call.
	for owner_part in if else-if else end; do
		f=${f#*'}}'}
	done
}

# The reference given at create as long as it still leads to the image, else the image's id. A digest is cut off like an id.
ps_image() {
	eval "ps_image=\$k${p}_ref ps_key=\$k${p}_img"
	if ! find_image "$ps_image" || [ "$img" != "$ps_key" ]; then
		eval "ps_image=sha256:\$m${ps_key}_id"
		[ -n "$ps_wide" ] || ps_image=$ps_key
	fi
	[ -n "$ps_wide" ] || ps_image=${ps_image%%@*}
}
