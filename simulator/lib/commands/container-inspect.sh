# shellcheck shell=sh
# docker container inspect.

use containers health format
advance

health_token='{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}'

check_token='{{with .Config.Healthcheck}}{{index .Test 0}} {{len .Test}} {{len $.Config.Shell}}{{if eq (index .Test 0) "CMD-SHELL"}}{{range $.Config.Shell}}{{println}}{{.}}{{end}}{{end}}{{range $i, $word := .Test}}{{if $i}}{{println}}{{$word}}{{end}}{{end}}{{end}}'

do_command() {
	format_option "$@" || return 0
	shift "$skip"
	spend 10
	# .Id is no field of docker's own type (that is .ID): it reads the raw JSON instead, where a missing key is
	# an error and a missing label "<no value>".
	raw=''
	case $format in
	*'{{.Id}}'*) raw=1 ;;
	*) ;;
	esac
	case $format in
	*Network* | *PortBindings*) use publishing attachments endpoints ;;
	*) ;;
	esac
	for inspect_word; do
		find_container "$inspect_word" || {
			complain "Error: $find_why"
			continue
		}
		health "$c"
		if expand container_token "$format"; then
			say "$text"
		elif [ "$rc" -eq 64 ]; then
			return
		fi
	done
	[ -n "$out" ] || out=$nl
}

container_token() {
	case $f in
	'{{.Id}}'*) put_field id '{{.Id}}' ;;
	'{{.ID}}'*) put_field id '{{.ID}}' ;;
	'{{.Name}}'*)
		get "$c" name
		put "/$got" '{{.Name}}'
		;;
	'{{.Image}}'*)
		get "$c" img
		eval "put \"sha256:\$m${got}_id\" '{{.Image}}'"
		;;
	'{{.Config.Image}}'*) put_field ref '{{.Config.Image}}' ;;
	'{{.State.Status}}'*) put_field st '{{.State.Status}}' ;;
	'{{.State.ExitCode}}'*) put_field code '{{.State.ExitCode}}' ;;
	'{{.RestartCount}}'*) put_field rc '{{.RestartCount}}' ;;
	'{{.HostConfig.RestartPolicy.Name}}'*) put_field pol '{{.HostConfig.RestartPolicy.Name}}' ;;
	'{{.HostConfig.RestartPolicy.MaximumRetryCount}}'*) put_field max '{{.HostConfig.RestartPolicy.MaximumRetryCount}}' ;;
	'{{.HostConfig.AutoRemove}}'*) put_field rm '{{.HostConfig.AutoRemove}}' ;;
	"$health_token"*) put_health ;;
	"$check_token"*) put_check ;;
	'{{or (index .Config.Labels "'*) put_label_or ;;
	'{{printf "%q" (index .Config.Labels "'* | '{{index .Config.Labels "'*) put_label ;;
	*Network* | *PortBindings*) endpoint_token ;;
	*) return 1 ;;
	esac
}

# No image here has a SHELL of its own.
put_check() {
	use checks
	behaviour "$c"
	words=''
	! has_check "$c" || check_words
	[ "$got" != no ] || words='NONE 1 0'
	put "$words" "$check_token"
}

# {{or (index .Config.Labels "X") "Y"}}: the label, or Y when it is missing or empty.
put_label_or() {
	or_token=${f%%'}}'*}'}}'
	or_key=${or_token#*'Labels "'}
	or_key=${or_key%%'"'*}
	or_default=${or_token%'"}}'}
	or_default=${or_default##*'"'}
	get "$c" labels
	lookup "$got" "$or_key" || :
	put "${found:-$or_default}" "$or_token"
}

put_field() {
	get "$c" "$1"
	put "$got" "$2"
}

put_health() {
	if [ -n "$raw" ] && [ "$health" = none ]; then
		complain 'template parsing error: template: :1:1: executing "" at <.State.Health>: map has no entry for key "Health"'
		return 1
	fi
	put "$health" "$health_token"
}

put_label() {
	label_token
	get "$c" labels
	if lookup "$got" "$key" || [ -z "$raw" ]; then
		go_quote "$found"
	else
		found='<no value>'
		quoted='%!q(<nil>)'
	fi
	case $token in
	*printf*) put "$quoted" "$token" ;;
	*) put "$found" "$token" ;;
	esac
}
