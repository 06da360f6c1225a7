# shellcheck shell=sh
# docker build.

use images image-records digest

do_command() {
	b_tags='' b_file='' b_labels=$nl b_args='' b_iid='' b_quiet='' b_context='' b_target=''
	while [ $# -gt 0 ]; do
		case $1 in
		--*=*) build_option "${1%%=*}" "${1#*=}" ;;
		--quiet | -q | --pull | --no-cache | --rm | --force-rm) build_switch "$1" ;;
		--* | -t | -f)
			build_option "$1" "${2-}"
			[ $# -lt 2 ] || shift
			;;
		*) b_context=$1 ;;
		esac
		[ "$rc" -eq 0 ] || return
		shift
	done
	read_context && make_image
	spend 2000
}

build_switch() {
	case $1 in
	--quiet | -q) b_quiet=1 ;;
	*) ;;
	esac
}

build_option() {
	case $1 in
	--tag | -t)
		if parse_ref "$2"; then
			b_tags="$b_tags $repo:${tag:-latest}"
		else
			err="${err}invalid argument \"$2\" for \"-t, --tag\" flag: $why${nl}See 'docker build --help'.$nl"
			rc=125
		fi
		;;
	--file | -f) b_file=$2 ;;
	--build-arg) b_args="$b_args$2$nl" ;;
	--label)
		without "$b_labels" "${2%%=*}"
		b_labels="$rest$2$nl"
		;;
	--target) b_target=$2 ;;
	--platform | --progress) ;;
	--pull) ;;
	--iidfile) b_iid=$2 ;;
	*)
		err="${err}unknown flag: $1${nl}See 'docker build --help'.$nl"
		rc=125
		;;
	esac
}

# read_context -> $b_text, the Dockerfile
read_context() {
	b_text=''
	[ -n "$b_context" ] || {
		complain '"docker build" requires exactly 1 argument.'
		return 1
	}
	[ -d "$b_context" ] || {
		complain "unable to prepare context: path \"$b_context\" not found"
		return 1
	}
	b_file=${b_file:-$b_context/Dockerfile}
	[ -r "$b_file" ] || {
		complain "unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat $b_file: no such file or directory"
		return 1
	}
	b_behaviour=''
	while IFS= read -r b_line || [ -n "$b_line" ]; do
		b_text=$b_text$b_line$nl
		case $b_line in
		'# simulator:'*) b_behaviour=${b_line#'# simulator:'} ;;
		HEALTHCHECK\ NONE*) ;;
		HEALTHCHECK*) b_behaviour="$b_behaviour healthcheck" ;;
		*) ;;
		esac
	done <"$b_file"
	check_target
}

check_target() {
	[ -n "$b_target" ] || return 0
	case $b_text in
	*[Aa][Ss]" $b_target$nl"*) return 0 ;;
	*)
		complain "failed to reach build target $b_target in Dockerfile"
		return 1
		;;
	esac
}

make_image() {
	build_version
	# What it is called is no part of what it is; which commit is in the context the labels and arguments say.
	digest "$b_text$b_args$b_labels$b_target"
	b_id=$digest
	digest "manifest $b_id"
	b_key=${b_id%"${b_id#????????????}"}
	record_image "$b_key" "$b_id" "sha256:$digest" "$b_version" "$b_behaviour" "$b_labels"
	add_image "$b_key"
	for b_tag in $b_tags; do
		add_tag "$b_tag" "$b_key"
	done
	[ -z "$b_iid" ] || printf '%s' "sha256:$b_id" >"$b_iid"
	if [ -n "$b_quiet" ]; then
		say "sha256:$b_id"
		return
	fi
	say "Successfully built $b_key"
	for b_tag in $b_tags; do
		say "Successfully tagged $b_tag"
	done
}

# -> $b_version: what its HTTP will answer: the build argument VERSION, else the first tag
build_version() {
	b_version=${b_tags# }
	b_version=${b_version%% *}
	b_version=${b_version##*:}
	case $nl$b_args in
	*"${nl}VERSION="*)
		b_version=${b_args#*VERSION=}
		b_version=${b_version%%"$nl"*}
		;;
	*) ;;
	esac
}
