# shellcheck shell=sh
# Ids and digests: what looks random, and is the same in every run.

# digest TEXT -> $digest: 64 hexadecimal digits that look random and depend on the text only. No product
# exceeds 31 bits: mksh has no more.
digest() {
	digest_a=257 digest_b=4099 digest_c=$((${#1} * 131 % 65521))
	digest_rest=$1
	while [ -n "$digest_rest" ]; do
		digest_next=${digest_rest#?}
		digest_char=${digest_rest%"$digest_next"}
		digest_rest=$digest_next
		digest_char=${alphabet%%"$digest_char"*}
		digest_a=$(((digest_a * 251 + ${#digest_char} + 7) % 65521))
		digest_b=$(((digest_b * 31 + ${#digest_char} + digest_a) % 65519))
		digest_c=$(((digest_c + digest_b * 17) % 65497))
	done
	digest=''
	digest_i=0
	while [ "$digest_i" -lt 16 ]; do
		digest_a=$(((digest_a * 75 + digest_c + 74) % 65537))
		digest_b=$(((digest_b * 1021 + digest_a) % 65519))
		digest_c=$(((digest_c * 331 + digest_b + 1) % 65497))
		digest_n=$(((digest_a + digest_b + digest_c) % 65536))
		hex_digit $((digest_n / 4096))
		hex_digit $((digest_n / 256 % 16))
		hex_digit $((digest_n / 16 % 16))
		hex_digit $((digest_n % 16))
		digest_i=$((digest_i + 1))
	done
}

hex_digit() {
	case $1 in
	10) digest=${digest}a ;;
	11) digest=${digest}b ;;
	12) digest=${digest}c ;;
	13) digest=${digest}d ;;
	14) digest=${digest}e ;;
	15) digest=${digest}f ;;
	*) digest=$digest$1 ;;
	esac
}
