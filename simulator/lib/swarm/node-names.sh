# shellcheck shell=sh
# What nodes are called.

# node_name N -> $node_name
node_name() {
	node_name='' node_left=${nodes#"$nl"}
	while [ -n "$node_left" ]; do
		node_line=${node_left%%"$nl"*}
		node_left=${node_left#*"$nl"}
		[ "${node_line##*=}" != "$1" ] || node_name=${node_line%=*}
	done
}
