# shellcheck shell=sh
# What the client asks the registry before a service is created or updated: which digest the tag leads to.

# resolve_image REF: -> $resolved
resolve_image() {
	resolved=$1
	parse_ref "$1" || {
		complain "Error response from daemon: rpc error: code = InvalidArgument desc = ContainerSpec: \"$1\" is not a valid repository/tag"
		return 1
	}
	[ -n "$o_resolve" ] || return 0
	spend 100
	load_registry
	host_of "$repo"
	read_auth
	if node_reaches "$auth" && find_in_registry; then
		eval "resolve_digest=\$m${found}_dig"
		resolved=$repo:${tag:-latest}@$resolve_digest
		[ -z "$dig" ] || resolved=$1
		return 0
	fi
	err="${err}image $1 could not be accessed on a registry to record${nl}its digest. Each node will access $1 independently,${nl}possibly leading to different nodes running different${nl}versions of the image.$nl$nl"
}

# read_auth -> $auth: the client's login at $host, when it shall be sent along
read_auth() {
	auth=''
	[ -n "$o_auth" ] || return 0
	use auths
	split_auths
	auth=$login
}
