# shellcheck shell=sh
# --args is one text, which the client splits into words as a shell would.

# new_arguments: $o_args takes the place of what $o_spec has
new_arguments() {
	while :; do
		case $o_spec in
		*"${nl}arg="*) without "$o_spec" arg && o_spec=$rest ;;
		*) break ;;
		esac
	done
	args_left=$o_args
	while next_word; do
		o_spec=${o_spec}arg=$word$nl
	done
}

# next_word -> $word, off the front of $args_left
next_word() {
	args_left=${args_left#"${args_left%%[! ]*}"}
	[ -n "$args_left" ] || return 1
	word='' word_quote=''
	while [ -n "$args_left" ]; do
		word_rest=${args_left#?}
		word_char=${args_left%"$word_rest"}
		args_left=$word_rest
		take_char || break
	done
}

# take_char: one more of the word; or it ends
take_char() {
	case $word_quote:$word_char in
	:\' | :\") word_quote=$word_char ;;
	: | :' ') return 1 ;;
	\':\' | \":\") word_quote='' ;;
	:\\ | \":\\)
		word_rest=${args_left#?}
		word=$word${args_left%"$word_rest"}
		args_left=$word_rest
		;;
	*) word=$word$word_char ;;
	esac
}
