# shellcheck shell=sh
# An image's own check.

# Images have a line for a shell, `true` or `false`, where that tells all there is to tell, and otherwise a program.
own_check=app-is-well

# check_words -> $words: its kind, how many words it and the image's SHELL have, and its words; needs $behaviour
check_words() {
	if flag "$behaviour" odd-check; then
		words="CMD-SHELL 2 0${nl}app-is-well ||${nl}exit 1"
	elif flag "$behaviour" ready || flag "$behaviour" sick-after || flag "$behaviour" flaps; then
		words="CMD 2 0$nl$own_check"
	elif flag "$behaviour" unhealthy; then
		words="CMD-SHELL 2 0${nl}false"
	else
		words="CMD-SHELL 2 0${nl}true"
	fi
}
