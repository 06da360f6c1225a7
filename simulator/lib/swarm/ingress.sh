# shellcheck shell=sh
# What is published by all nodes is answered by whichever task runs.

# find_ingress PORT -> $server
find_ingress() {
	for ingress_i in $tks; do
		eval "ingress_st=\$t${ingress_i}_st:\$t${ingress_i}_want ingress_spec=\$t${ingress_i}_spec ingress_c=\$t${ingress_i}_c"
		case $ingress_st:$ingress_spec in
		Running:Running:*"${nl}publish=$1:"*/tcp:ingress"$nl"*) server=$ingress_c ;;
		*) ;;
		esac
	done
}
