# shellcheck shell=sh
# push.

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
