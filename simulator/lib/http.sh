# shellcheck shell=sh
# What a probe of a URL on this host gets: shared by curl and wget.

# parse_url URL -> $url_host $url_port
parse_url() {
	case $1 in
	http://*) url_rest=${1#http://} url_port=80 ;;
	https://*) url_rest=${1#https://} url_port=443 ;;
	*) return 1 ;;
	esac
	url_rest=${url_rest%%[/?#]*}
	url_host=${url_rest%:*}
	case $url_rest in
	*:*) url_port=${url_rest##*:} ;;
	*) ;;
	esac
}

# find_server PORT [HOST] -> $server, the running container that has the address, or publishes the port there
find_server() {
	server=''
	case ${2-} in
	'' | 127.* | *[!0-9.]*) ;;
	*) ! find_listener "$1" "$2" || return 0 ;;
	esac
	case ${2-} in
	172.1[7-9].* | 172.[2-9]?.* | 172.[12]??.*) return 1 ;;
	*) ;;
	esac
	for server_i in $live; do
		eval "server_ports=\$k${server_i}_ports server_state=\$k${server_i}_st"
		[ "$server_state" = running ] || continue
		for server_port in $server_ports; do
			server_port=${server_port%=*}
			[ "${server_port##*:}" = "$1/tcp" ] && publishes "$server_i" || continue
			case ${server_port%:*}:${2-} in
			127.0.0.1: | 127.0.0.1:127.0.0.1 | 127.0.0.1:localhost) server=$server_i ;;
			127.0.0.1:*) ;;
			*) server=$server_i ;;
			esac
		done
	done
	[ -n "$server" ] || [ -z "$swarm" ] || {
		use swarm/ingress
		find_ingress "$1"
	}
	[ -n "$server" ]
}

# find_listener PORT ADDRESS -> $server: what has the address of a container answers on the container's own port, in
# whichever network. What a container without published ports listens on nobody knows: on all of them.
find_listener() {
	use attachments
	find_address "$2" || return 1
	get "$c" ports
	case "$got " in
	' ' | *"/tcp=$1 "*) server=$c ;;
	*) return 1 ;;
	esac
}

# request URL [HOST] -> $answers: 0, refused or an HTTP status; $body: the version text of what answered; HOST: of the
# header, when it is not the URL's, or * for whichever it wants
request() {
	answers=refused body=''
	parse_url "$1" && find_server "$url_port" "$url_host" || return 0
	health "$server"
	get "$server" img
	eval "body=\$m${got}_ver behaviour=\$m${got}_beh"
	flag "$behaviour" host || return 0
	case ${2:-$url_rest} in
	"$found" | '*') ;;
	*) answers=400 ;;
	esac
}

# read_header TEXT -> $header, the host to ask for; no other header is known
read_header() {
	case $1 in
	'Host: '?*) header=${1#Host: } ;;
	*) return 1 ;;
	esac
}

# open_host NAME ARG...: the state, brought up to the moment of the request
open_host() {
	. "$lib/state.sh"
	use containers publishing health
	lock_state
	load_state
	advance
	spend 5
}

# close_host RC NAME ARG...
close_host() {
	commit_state
	journal "$@"
	unlock_state
	trap - INT TERM HUP
}

# give FILE: the body to a file, or ('') to stdout
give() {
	case $1 in
	'' | -) printf '%s\n' "$body" ;;
	*) printf '%s\n' "$body" >"$1" ;;
	esac
}
