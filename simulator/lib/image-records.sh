# shellcheck shell=sh
# What becomes of an image here: its record, and what leads to it.

# add_tag REF IMAGE, add_digest REF IMAGE: the reference moves to this image
add_tag() {
	without "$tags" "$1"
	keep tags "$nl$1=$2$rest"
}

add_digest() {
	without "$digs" "$1"
	keep digs "$nl$1=$2$rest"
}

# record_image SHORT ID DIGEST VERSION BEHAVIOUR LABELS: what an image is, in this host's state
record_image() {
	keep "m${1}_id" "$2"
	keep "m${1}_dig" "$3"
	keep "m${1}_ver" "$4"
	keep "m${1}_beh" "$5"
	keep "m${1}_lab" "$6"
	case " $known " in
	*" $1 "*) ;;
	*) keep known "$known $1" ;;
	esac
}

# has_image SHORT; add_image SHORT: now among the local ones
add_image() {
	case " $imgs " in
	*" $1 "*) ;;
	*) keep imgs "$1 $imgs" ;;
	esac
}
