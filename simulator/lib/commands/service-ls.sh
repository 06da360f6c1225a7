# shellcheck shell=sh
# docker service ls.

use containers format attachments swarm/services swarm/counts
advance

do_command() {
	ls_format='' ls_quiet='' ls_names='' ls_labels=''
	while [ $# -gt 0 ]; do
		ls_option=$1 ls_value=${2-} ls_words=2
		case $1 in
		--*=*)
			ls_option=${1%%=*} ls_value=${1#*=} ls_words=1
			;;
		--quiet | -q) ls_words=1 ;;
		*) ;;
		esac
		choose_ls_option || {
			unsupported "docker service ls $1 $ls_value"
			return
		}
		[ $# -ge "$ls_words" ] || ls_words=$#
		shift "$ls_words"
	done
	case $ls_quiet:$ls_format in
	: | *:table* | *:json)
		unsupported "docker service ls --format $ls_format"
		return
		;;
	*) ;;
	esac
	spend 10
	be_manager || return 0
	list_services
}

choose_ls_option() {
	case $ls_option:$ls_value in
	--quiet:* | -q:*) ls_quiet=1 ;;
	--format:*) ls_format=$ls_value ;;
	--filter:name=* | -f:name=*) ls_names="$ls_names${ls_value#name=}$nl" ;;
	--filter:label=* | -f:label=*) ls_labels="$ls_labels${ls_value#label=}$nl" ;;
	*) return 1 ;;
	esac
}

# By name. A format must not pass because there is nothing to print.
list_services() {
	p='' p_id='' p_name='' p_conf=$nl p_spec=$nl
	expand ls_token "$ls_format" || return 0
	ls_all=''
	for p in $svs; do
		eval "ls_all=\$ls_all\$v${p}_name=\$p\$nl"
	done
	use swarm/lists
	sort_lines "$ls_all"
	ls_left=$sorted
	while [ -n "$ls_left" ]; do
		p=${ls_left%%"$nl"*}
		ls_left=${ls_left#*"$nl"}
		p=${p##*=}
		list_service || return 0
	done
}

list_service() {
	eval "p_id=\$v${p}_id p_name=\$v${p}_name p_conf=\$v${p}_conf p_spec=\$v${p}_spec"
	passes_names && passes_labels || return 0
	p_id=${p_id%?????????????}
	if [ -n "$ls_quiet" ]; then
		say "$p_id"
	else
		expand ls_token "$ls_format" || return
		say "$text"
	fi
}

# By how a name begins.
passes_names() {
	[ -n "$ls_names" ] || return 0
	passes_left=$ls_names
	while [ -n "$passes_left" ]; do
		case $p_name in
		"${passes_left%%"$nl"*}"*) return 0 ;;
		*) passes_left=${passes_left#*"$nl"} ;;
		esac
	done
	return 1
}

passes_labels() {
	passes_left=$ls_labels
	[ -n "$passes_left" ] || return 0
	values_of "$p_conf" label || :
	while [ -n "$passes_left" ]; do
		label_matches "$nl$values" "${passes_left%%"$nl"*}" || return 1
		passes_left=${passes_left#*"$nl"}
	done
}

ls_token() {
	case $f in
	'{{.ID}}'*) put "$p_id" '{{.ID}}' ;;
	'{{.Name}}'*) put "$p_name" '{{.Name}}' ;;
	'{{.Mode}}'*) put replicated '{{.Mode}}' ;;
	'{{.Image}}'*)
		value_of "$p_spec" image
		put "${value%%@*}" '{{.Image}}'
		;;
	'{{.Replicas}}'*)
		count_running "$p"
		value_of "$p_conf" replicas 1
		put "$running/$value" '{{.Replicas}}'
		;;
	*) return 1 ;;
	esac
}
