# shellcheck shell=sh
# simctl: images for a host, and its registry.

# define_image REF BEHAVIOUR...: -> $key, with its record
define_image() {
	parse_ref "$1" && [ -z "$dig" ] || usage "no repo:tag: $1"
	ref=$repo:${tag:-latest} version=${tag:-latest} behaviour='' content='' known_digest=''
	shift
	for word; do
		case $word in
		version=*) version=${word#version=} ;;
		content=*) content=${word#content=} ;;
		host=*)
			case ${word#host=} in
			'' | *[!a-z0-9.:-]*) usage "a host: $word" ;;
			*) behaviour="$behaviour $word" ;;
			esac
			;;
		digest=sha256:*) known_digest=${word#digest=sha256:} ;;
		healthcheck | odd-check | unhealthy | ignores-term) behaviour="$behaviour $word" ;;
		ready=* | interval=* | sick-after=* | flaps=* | crash=* | after=* | stop=* | exit=* | http=*)
			case ${word#*=} in
			'' | *[!0-9]*) usage "a number: $word" ;;
			*) behaviour="$behaviour $word" ;;
			esac
			;;
		crash) behaviour="$behaviour crash=1" ;;
		*) usage "unknown behaviour: $word" ;;
		esac
	done
	digest "${content:-$ref $version$behaviour}"
	id=$digest
	digest "manifest $id"
	digest=${known_digest:-$digest}
	key=${id%"${id#????????????}"}
}

put_in_registry() {
	define_image "$@"
	eval "m${key}_id=\$id m${key}_dig=sha256:\$digest m${key}_ver=\$version m${key}_beh=\$behaviour m${key}_lab=\$nl"
	publish_image "$ref" "$key"
}

put_on_host() {
	define_image "$@"
	record_image "$key" "$id" "sha256:$digest" "$version" "$behaviour" "$nl"
	add_image "$key"
	add_tag "$ref" "$key"
}

retag() {
	lookup "$reg" "$1" || usage "not in the registry: $1"
	publish_image "$2" "$found"
}

forget() {
	lookup "$reg" "$1" || usage "not in the registry: $1"
	forget_key=$found
	without "$reg" "$1"
	keep_registry reg "$rest"
	keys_of "$reg" "$forget_key"
	[ "$key_count" -eq 0 ] || return 0
	eval "without \"\$regd\" \"\${1%:*}@\$m${forget_key}_dig\""
	keep_registry regd "$rest"
}

# registry_reach up|down [HOST]
registry_reach() {
	if [ $# -eq 1 ]; then
		keep_registry reg_mode "$1"
		return
	fi
	[ "$1" = up ] || keep_registry reg_down "$reg_down$2$nl"
	if [ "$1" = up ] && has "$reg_down" "$2"; then
		keep_registry reg_down "${reg_down%%"$nl$2$nl"*}$nl${reg_down#*"$nl$2$nl"}"
	fi
}

set_registry() {
	case ${1-} in
	up | down) registry_reach "$@" ;;
	open) keep_registry reg_user '' ;;
	password)
		keep_registry reg_user "${2:?}"
		keep_registry reg_pass "${3:?}"
		use auths
		encode "$2:$3"
		keep_registry reg_auth "$encoded"
		keep_registry reg_host "${4-}"
		;;
	*) usage "registry ${1-}" ;;
	esac
}
