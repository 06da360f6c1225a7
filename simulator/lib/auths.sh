# shellcheck shell=sh
# The client's config.json: who is logged in where.

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
