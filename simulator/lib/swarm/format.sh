# shellcheck shell=sh
# --format of services: paths, and what is shown on a condition.

# service_format N FORMAT -> $text
service_format() {
	v=$1 depth=0 context=''
	expand service_token "$2"
}

service_token() {
	token=${f%%'}}'*}'}}'
	words=${token#'{{'}
	words=${words%'}}'}
	case $words in
	'with '.* | 'if '.*) open_if "$words" ;;
	'if eq (index '*) open_eq "$words" ;;
	else) other_branch ;;
	end) close_if ;;
	'or (index '* | 'index '* | 'printf "%q" (index '*) put_index "$words" ;;
	'range '*) put_range ;;
	.*)
		path_value "$context$words" || return 1
		put "$value" "$token"
		;;
	*) return 1 ;;
	esac
}

# push_if ON CONTEXT: a branch that is not shown is cut off again at its end
push_if() {
	depth=$((depth + 1))
	eval "if${depth}_on=\$1 if${depth}_context=\$context if${depth}_text=\$text"
	context=$2
	put '' "$token"
}

# open_if WORDS
open_if() {
	open_path=$context${1#* }
	case $1 in
	with*) open_context=$open_path ;;
	*) open_context=$context ;;
	esac
	if is_there "$open_path"; then
		push_if 1 "$open_context"
	else
		# What is not shown is read all the same.
		push_if '' "$open_context"
	fi
}

# open_eq WORDS: if eq (index PATH "KEY") "VALUE"
open_eq() {
	open_value=${1#*') "'}
	open_value=${open_value%'"'}
	index_value "$1" || return 1
	if [ "$found" = "$open_value" ]; then
		push_if 1 "$context"
	else
		push_if '' "$context"
	fi
}

other_branch() {
	[ "$depth" -gt 0 ] || return 1
	eval "branch_on=\$if${depth}_on branch_text=\$if${depth}_text context=\$if${depth}_context"
	if [ -n "$branch_on" ]; then
		eval "if${depth}_on='' if${depth}_text=\$text"
	else
		text=$branch_text
		eval "if${depth}_on=1"
	fi
	put '' "$token"
}

close_if() {
	[ "$depth" -gt 0 ] || return 1
	eval "branch_on=\$if${depth}_on branch_text=\$if${depth}_text context=\$if${depth}_context"
	[ -n "$branch_on" ] || text=$branch_text
	depth=$((depth - 1))
	put '' "$token"
}

# is_there PATH: neither nil nor empty
is_there() {
	case $1 in
	.UpdateStatus) eval "[ -n \"\$v${v}_us\" ]" ;;
	.PreviousSpec) eval "[ -n \"\$v${v}_pspec\" ]" ;;
	.Spec.Mode.Replicated) return 0 ;;
	*) path_value "$1" && [ -n "$value" ] ;;
	esac
}

# path_value PATH -> $value
path_value() {
	value=''
	case $1 in
	.ID) eval "value=\$v${v}_id" ;;
	.Version.Index) eval "value=\$v${v}_idx" ;;
	.UpdateStatus.*) status_value "${1#.UpdateStatus.}" ;;
	.Spec.Name) eval "value=\$v${v}_name" ;;
	.Spec.*)
		eval "spec=\$v${v}_spec conf=\$v${v}_conf"
		spec_value "${1#.Spec.}"
		;;
	.PreviousSpec.*)
		eval "spec=\$v${v}_pspec conf=\$v${v}_pconf"
		spec_value "${1#.PreviousSpec.}"
		;;
	*) return 1 ;;
	esac
}

# status_value FIELD -> $value
status_value() {
	case $1 in
	State) eval "value=\$v${v}_us" ;;
	Message) eval "value=\$v${v}_usm" ;;
	*) return 1 ;;
	esac
	[ -n "$value" ] || eval "[ -n \"\$v${v}_us\" ]" || eval '[ "$depth" -gt 0 ]' || {
		complain "template parsing error: template: :1:1: executing \"\" at <.UpdateStatus.$1>: nil pointer evaluating *swarm.UpdateStatus.$1"
		return 1
	}
}

# spec_value PATH -> $value, of $spec and $conf
spec_value() {
	case $1 in
	TaskTemplate.ContainerSpec.Image) value_of "$spec" image ;;
	TaskTemplate.ContainerSpec.User) value_of "$spec" user ;;
	TaskTemplate.ForceUpdate) value_of "$spec" force 0 ;;
	Mode.Replicated.Replicas) value_of "$conf" replicas 1 ;;
	EndpointSpec.Mode) value_of "$spec" endpoint-mode vip ;;
	UpdateConfig.Parallelism) value_of "$conf" update-parallelism 1 ;;
	UpdateConfig.Order) value_of "$conf" update-order stop-first ;;
	UpdateConfig.FailureAction) value_of "$conf" update-failure-action pause ;;
	RollbackConfig.Order) value_of "$conf" rollback-order stop-first ;;
	TaskTemplate.RestartPolicy.Condition) value_of "$spec" restart-condition any ;;
	*) return 1 ;;
	esac
}

# index_value WORDS: (index PATH "KEY") -> $found
index_value() {
	index_path=${1#*index }
	index_key=${index_path#*'"'}
	index_key=${index_key%%'"'*}
	case $context${index_path%% *} in
	.Spec.Labels) eval "values_of \"\$v${v}_conf\" label" || : ;;
	.PreviousSpec.Labels) eval "values_of \"\$v${v}_pconf\" label" || : ;;
	.Spec.TaskTemplate.ContainerSpec.Labels) eval "values_of \"\$v${v}_spec\" container-label" || : ;;
	*) return 1 ;;
	esac
	lookup "$nl$values" "$index_key" || :
}

# put_index WORDS: or (index PATH "KEY") "DEFAULT", and without a default
put_index() {
	index_value "$1" || return 1
	case $1 in
	'or '*)
		index_default=${1##*') "'}
		index_default=${index_default%'"'}
		put "${found:-$index_default}" "$token"
		;;
	printf*)
		go_quote "$found"
		put "$quoted" "$token"
		;;
	*) put "$found" "$token" ;;
	esac
}

# put_range: a list of the specification, in one of the ways that somebody asks for
put_range() {
	use swarm/ranges
	eval "spec=\$v${v}_spec"
	range_token
}
