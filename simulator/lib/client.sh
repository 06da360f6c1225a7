# shellcheck shell=sh
# What the client checks itself, for several sub-commands.

# refuse TEXT: the client's own refusal
refuse() {
	err="$err$1${nl}See 'docker $name --help'.$nl"
	rc=125
}

add_label() {
	label_key=${1%%=*} label_value=''
	case $1 in
	*=*) label_value=${1#*=} ;;
	*) ;;
	esac
	case $label_key:$1 in
	:*) refuse "invalid argument \"$1\" for \"-l, --label\" flag: invalid label '$1': empty name" ;;
	*[[:space:]]*:"$1") refuse "invalid argument \"$1\" for \"-l, --label\" flag: label '$label_key' contains whitespaces" ;;
	*"$nl"*) unsupported 'a line break in a label' ;;
	*)
		without "$o_labels" "$label_key"
		o_labels="$rest$label_key=$label_value$nl"
		;;
	esac
}

# exactly COUNT WORD...: so many arguments, or the client's complaint
exactly() {
	[ $(($# - 1)) -ne "$1" ] || return 0
	case $1 in
	1) exactly_words='1 argument' ;;
	*) exactly_words="$1 arguments" ;;
	esac
	complain "\"docker network ${name#*-}\" requires exactly $exactly_words."
	return 1
}
