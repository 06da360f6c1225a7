# shellcheck shell=sh
# docker service ps.

use containers format swarm/services swarm/node-names
advance

do_command() {
	ps_wide='' ps_format='' ps_quiet='' ps_want='' ps_services=''
	while [ $# -gt 0 ]; do
		case $1 in
		--no-trunc) ps_wide=1 ;;
		--quiet | -q) ps_quiet=1 ;;
		--format=*) ps_format=${1#*=} ;;
		--filter=desired-state=*) ps_want=${1##*=} ;;
		--format | --filter | -f)
			case $1:${2-} in
			--format:*) ps_format=$2 ;;
			*:desired-state=*) ps_want=${2#*=} ;;
			*)
				unsupported "docker service ps $1 ${2-}"
				return
				;;
			esac
			shift
			;;
		-*)
			unsupported "docker service ps $1"
			return
			;;
		*) ps_services="$ps_services $1" ;;
		esac
		shift
	done
	case $ps_quiet:$ps_format in
	: | *:table* | *:json)
		unsupported "docker service ps --format $ps_format"
		return
		;;
	*) ;;
	esac
	spend 10
	be_manager || return 0
	list_tasks
}

# By slot, the newest first. A format must not pass because there is nothing to print.
list_tasks() {
	p_id='' p_name='' p_node='' p_ref='' p_want='' p_current='' p_err=''
	expand ps_token "$ps_format" || return 0
	ps_missing=''
	for ps_word in $ps_services; do
		if find_service "$ps_word"; then
			list_slots || return 0
		else
			ps_missing="$ps_missing${ps_missing:+$nl}no such service: $ps_word"
		fi
	done
	[ -z "$ps_missing" ] || complain "$ps_missing"
}

# list_slots: of service $v
list_slots() {
	slots_max=0
	for slot_i in $tks; do
		eval "slot_v=\$t${slot_i}_v slot=\$t${slot_i}_slot"
		[ "$slot_v" != "$v" ] || [ "$slot" -le "$slots_max" ] || slots_max=$slot
	done
	slots_n=1
	while [ "$slots_n" -le "$slots_max" ]; do
		for slot_i in $tks; do
			eval "slot_v=\$t${slot_i}_v slot=\$t${slot_i}_slot"
			[ "$slot_v/$slot" = "$v/$slots_n" ] || continue
			list_task "$slot_i" || return 1
		done
		slots_n=$((slots_n + 1))
	done
}

# list_task TASK
list_task() {
	eval "p_id=\$t${1}_id p_ref=\$t${1}_ref p_want=\$t${1}_want p_st=\$t${1}_st p_err=\$t${1}_err p_node=\$t${1}_node p_since=\$t${1}_since p_name=\$v${v}_name.\$t${1}_slot"
	case $ps_want:$p_want in
	:* | running:Running | shutdown:Shutdown | ready:Ready) ;;
	*) return 0 ;;
	esac
	node_name "$p_node"
	p_node=$node_name
	how_long $((now - p_since))
	p_current="$p_st $long ago"
	[ -z "$p_err" ] || p_err="\"$p_err\""
	[ -n "$ps_wide" ] || cut_short
	if [ -n "$ps_quiet" ]; then
		say "$p_id"
	else
		expand ps_token "$ps_format" || return
		say "$text"
	fi
}

# Without --no-trunc.
cut_short() {
	p_id=${p_id%?????????????}
	p_ref=${p_ref%%@*}
	case $p_err in
	??????????????????????????????*)
		cut=${p_err#??????????????????????????????}
		# In a locale without such characters a shell could not read it here.
		cut_mark=$(printf '\342\200\246')
		p_err="${p_err%"$cut"}$cut_mark\""
		;;
	*) ;;
	esac
}

# how_long MS -> $long
how_long() {
	long_s=$(($1 / 1000))
	if [ "$long_s" -lt 1 ]; then
		long='less than a second'
	elif [ "$long_s" -eq 1 ]; then
		long='1 second'
	elif [ "$long_s" -lt 60 ]; then
		long="$long_s seconds"
	elif [ "$long_s" -lt 120 ]; then
		long='about a minute'
	elif [ "$long_s" -lt 3600 ]; then
		long="$((long_s / 60)) minutes"
	elif [ "$long_s" -lt 7200 ]; then
		long='about an hour'
	else
		long="$((long_s / 3600)) hours"
	fi
}

ps_token() {
	case $f in
	'{{.ID}}'*) put "$p_id" '{{.ID}}' ;;
	'{{.Name}}'*) put "$p_name" '{{.Name}}' ;;
	'{{.Image}}'*) put "$p_ref" '{{.Image}}' ;;
	'{{.Node}}'*) put "$p_node" '{{.Node}}' ;;
	'{{.DesiredState}}'*) put "$p_want" '{{.DesiredState}}' ;;
	'{{.CurrentState}}'*) put "$p_current" '{{.CurrentState}}' ;;
	'{{.Error}}'*) put "$p_err" '{{.Error}}' ;;
	*) return 1 ;;
	esac
}
