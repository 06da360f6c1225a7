# shellcheck shell=sh
# network create and rm.

# add_network NAME -> $digest, its id; what else it is create_network has read
add_network() {
	keep made $((made + 1))
	digest "network $made $1"
	keep "w${made}_id" "$digest"
	keep "w${made}_int" "$o_internal"
	keep "w${made}_sub" "$o_subnet"
	keep "w${made}_lab" "$o_labels"
	insert "$nets" "$1" "$made"
	keep nets "$inserted"
}
