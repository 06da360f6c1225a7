# shellcheck shell=sh
# docker login.

use registry auths

do_command() {
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
