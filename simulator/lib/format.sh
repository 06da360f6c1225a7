# shellcheck shell=sh
# --format templates: what lists and inspections share. What they do not know between braces is refused.

# expand FUNCTION FORMAT: replaces every {{...}}; FUNCTION takes one off the front of $f into $text, or fails.
expand() {
	f=$2 text=''
	while :; do
		case $f in
		*'{{'*)
			text=$text${f%%'{{'*}
			f='{{'${f#*'{{'}
			if ! "$1"; then
				[ "$rc" -ne 0 ] || unsupported "--format ${f%%'}}'*}}}"
				return 1
			fi
			;;
		*) break ;;
		esac
	done
	text=$text$f
}

# put VALUE TOKEN: the token at the front of $f becomes the value
put() {
	text=$text$1
	f=${f#"$2"}
}

# label_token: {{... "X" ...}} at the front: $key is X, $token the whole
label_token() {
	token=${f%%'}}'*}'}}'
	key=${token%'"'*}
	key=${key##*'"'}
}

# go_quote TEXT -> $quoted, as printf "%q" does
go_quote() {
	quoted='' go_rest=$1
	while [ -n "$go_rest" ]; do
		case $go_rest in
		*[\"\\]*)
			go_head=${go_rest%%[\"\\]*}
			go_rest=${go_rest#"$go_head"}
			go_next=${go_rest#?}
			quoted="$quoted$go_head\\${go_rest%"$go_next"}"
			go_rest=$go_next
			;;
		*)
			quoted=$quoted$go_rest
			go_rest=''
			;;
		esac
	done
	quoted="\"$quoted\""
}

# format_option WORD...: leaves $format and $skip
format_option() {
	skip=0 format=''
	case ${1-} in
	--format | -f)
		format=${2-}
		skip=2
		;;
	--format=*)
		format=${1#*=}
		skip=1
		;;
	*) ;;
	esac
	[ -n "$format" ] || unsupported "docker $name without --format"
	[ "$rc" -eq 0 ]
}
