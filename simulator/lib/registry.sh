# shellcheck shell=sh
# pull, push, login, logout. The registry's log has the images' records too, so that several hosts can share it:
# `reg` and `regd` are lines reference=image, reg_mode is up or down (reg_down: hosts that are),
# reg_user and reg_pass guard it (reg_host: only there).

# host_of REPOSITORY -> $host, the registry's address
host_of() {
	case $1 in
	*/*) host=${1%%/*} ;;
	*) host='' ;;
	esac
	case $host in
	*.* | *:* | localhost) ;;
	*) host=docker.io ;;
	esac
}

# reach_registry PATH: or $why not, in the daemon's words
reach_registry() {
	if ! registry_is_up; then
		why="Get \"https://$host/v2/\": dial tcp $host: connect: connection refused"
		return 1
	fi
	is_guarded || return 0
	split_auths
	case $login in
	"$reg_auth") return 0 ;;
	'') why="Head \"https://$host/v2/$1\": no basic auth credentials" ;;
	*) why="Head \"https://$host/v2/$1\": unauthorized: authentication required" ;;
	esac
	return 1
}

# Both of the registry at $host.
registry_is_up() {
	[ "$reg_mode" = up ] && ! has "$reg_down" "$host"
}

is_guarded() {
	[ -n "$reg_user" ] && [ "${reg_host:-$host}" = "$host" ]
}

# read_config -> $config: the client's config.json, $config_file
read_config() {
	config_file=${DOCKER_CONFIG:-$HOME/.docker}/config.json
	config=''
	[ -r "$config_file" ] || return 0
	while IFS= read -r config_line || [ -n "$config_line" ]; do
		config=$config$config_line$nl
	done <"$config_file"
}

# split_auths: $config is $auth_head { $auth_others } $auth_tail, where $auth_others are the entries of the other hosts,
# one a line and comma-terminated, and $login what the one of $host has. Entries are flat objects.
split_auths() {
	read_config
	login='' auth_others='' auth_head='' auth_tail=''
	case $config in
	*'"auths":'*) ;;
	*) return 0 ;;
	esac
	auth_head=${config%%'"auths":'*}
	auth_rest=${config#*'"auths":'}
	auth_rest=${auth_rest#*\{}
	while :; do
		auth_rest=${auth_rest#"${auth_rest%%[![:space:],]*}"}
		case $auth_rest in
		'"'*\}*) ;;
		*) break ;;
		esac
		auth_entry=${auth_rest%%\}*}
		auth_rest=${auth_rest#*\}}
		case $auth_entry in
		"\"$host\""*'"auth"'*)
			login=${auth_entry#*'"auth"'}
			login=${login#*'"'}
			login=${login%%'"'*}
			;;
		"\"$host\""*) ;;
		*) auth_others="$auth_others		$auth_entry},$nl" ;;
		esac
	done
	auth_tail=${auth_rest#\}}
}

do_pull() {
	pull_quiet=''
	while [ $# -gt 0 ]; do
		case $1 in
		--quiet | -q) pull_quiet=1 ;;
		-*)
			unsupported "docker pull $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	[ $# -eq 1 ] || {
		complain '"docker pull" requires exactly 1 argument.'
		return
	}
	parse_ref "$1" || {
		complain "$why"
		return
	}
	pull_image "$1" || {
		out=''
		complain "Error response from daemon: $why"
		return
	}
	[ -z "$pull_quiet" ] || out=''
	say "$shown"
}

# pull_image REF: says what docker says; or $why not. $shown is the reference as docker repeats it.
pull_image() {
	load_registry
	parse_ref "$1"
	spend 200
	[ -n "$tag$dig" ] || {
		tag=latest
		say 'Using default tag: latest'
	}
	host_of "$repo"
	pull_path=${repo#"$host/"}
	reach_registry "$pull_path/manifests/${tag:-$dig}" || return 1
	pull_ref=$repo:$tag shown=$repo:$tag
	if [ -n "$dig" ]; then
		pull_ref=$repo@$dig shown=$repo${tag:+:$tag}@$dig
		lookup "$regd" "$pull_ref"
	else
		lookup "$reg" "$pull_ref"
	fi || {
		why="manifest for $pull_ref not found: manifest unknown: manifest unknown"
		return 1
	}
	take_image "$found"
}

take_image() {
	eval "pull_id=\$m${1}_id pull_digest=\$m${1}_dig pull_ver=\$m${1}_ver pull_beh=\$m${1}_beh pull_lab=\$m${1}_lab"
	pull_status="Image is up to date for $pull_ref" pull_head=${dig:+$pull_ref}
	if [ -n "$dig" ]; then
		lookup "$digs" "$pull_ref" || pull_status="Downloaded newer image for $pull_ref"
	else
		lookup "$tags" "$pull_ref" && [ "$found" = "$1" ] || pull_status="Downloaded newer image for $pull_ref"
		add_tag "$pull_ref" "$1"
	fi
	say "${pull_head:-$tag}: Pulling from $pull_path"
	case " $imgs " in
	*" $1 "*) ;;
	*)
		spend 800
		say "${pull_digest#*:????????????????????????????????????????????????????}: Pull complete"
		;;
	esac
	record_image "$1" "$pull_id" "$pull_digest" "$pull_ver" "$pull_beh" "$pull_lab"
	add_image "$1"
	add_digest "$repo@$pull_digest" "$1"
	say "Digest: $pull_digest"
	say "Status: $pull_status"
}

do_push() {
	push_quiet=''
	while [ $# -gt 0 ]; do
		case $1 in
		--quiet | -q) push_quiet=1 ;;
		-*)
			unsupported "docker push $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	parse_ref "${1-}" && [ -z "$dig" ] || {
		complain "$why"
		return
	}
	load_registry
	[ -n "$tag" ] || say 'Using default tag: latest'
	host_of "$repo"
	say "The push refers to repository [$repo]"
	push_image "$repo:${tag:-latest}"
	[ -z "$push_quiet" ] || {
		out=''
		[ "$rc" -ne 0 ] || say "$repo:${tag:-latest}"
	}
	spend 500
}

push_image() {
	if ! lookup "$tags" "$1"; then
		case $tags in
		*"$nl$repo:"*) complain "tag does not exist: $1" ;;
		*) complain "An image does not exist locally with the tag: $repo" ;;
		esac
		return
	fi
	push_key=$found
	if ! reach_registry "${repo#"$host/"}"; then
		case $why in
		*'no basic auth'*) complain 'no basic auth credentials' ;;
		*) complain "$why" ;;
		esac
		return
	fi
	publish_image "$1" "$push_key"
	add_digest "$repo@$push_digest" "$push_key"
	say "${push_key}: Pushed"
	say "${tag:-latest}: digest: $push_digest size: 527"
}

# publish_image REPO:TAG IMAGE: into the registry, with the image's record
publish_image() {
	for publish_field in id dig ver beh lab; do
		eval "publish_value=\$m${2}_$publish_field"
		keep_registry "m${2}_$publish_field" "$publish_value"
	done
	eval "push_digest=\$m${2}_dig"
	without "$reg" "$1"
	keep_registry reg "$nl$1=$2$rest"
	without "$regd" "${1%:*}@$push_digest"
	keep_registry regd "$nl${1%:*}@$push_digest=$2$rest"
}

do_login() {
	login_user='' login_stdin='' host=''
	while [ $# -gt 0 ]; do
		case $1 in
		--username | -u)
			login_user=${2-}
			shift
			;;
		--username=*) login_user=${1#*=} ;;
		--password-stdin) login_stdin=1 ;;
		-*)
			unsupported "docker login $1"
			return
			;;
		*) host=$1 ;;
		esac
		shift
	done
	[ -n "$login_stdin" ] && [ -n "$login_user" ] || {
		unsupported 'docker login without --username and --password-stdin'
		return
	}
	host=${host:-docker.io}
	load_registry
	IFS= read -r login_password || :
	spend 200
	check_login
}

check_login() {
	if [ -z "$login_password" ]; then
		complain 'Error: Cannot perform an interactive login from a non TTY device'
	elif ! registry_is_up; then
		complain "Error response from daemon: Get \"https://$host/v2/\": dial tcp $host: connect: connection refused"
	elif is_guarded && [ "$reg_user:$reg_pass" != "$login_user:$login_password" ]; then
		complain "Error response from daemon: login attempt to https://$host/v2/ failed with status: 401 Unauthorized"
	else
		split_auths
		encode "$login_user:$login_password"
		write_login "\"$host\": { \"auth\": \"$encoded\" }"
		err="${err}WARNING! Your password will be stored unencrypted in $config_file.$nl"
		say 'Login Succeeded'
	fi
}

encode() {
	encoded=$(printf '%s' "$1" | base64 | tr -d '\n')
}

# write_login ENTRY: config.json with this for $host, or ('') without it; the rest stays as it is
write_login() {
	login_entries="$auth_others${1:+		$1$nl}"
	[ -n "$1" ] || login_entries="${login_entries%,"$nl"}$nl"
	login_object="\"auths\": {$nl$login_entries	}"
	case $config in
	*'"auths":'*) config=$auth_head$login_object$auth_tail ;;
	*'{'*'"'*) config="{$nl	$login_object,${config#*\{}" ;;
	*) config="{$nl	$login_object$nl}$nl" ;;
	esac
	mkdir -p "${config_file%/*}"
	(umask 077 && printf '%s' "$config" >"$config_file")
}

do_logout() {
	host=${1:-docker.io}
	split_auths
	if [ -n "$login" ]; then
		say "Removing login credentials for $host"
		write_login ''
	else
		say "Not logged in to $host"
	fi
}
