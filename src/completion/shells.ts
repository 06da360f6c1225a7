/** What one shell needs to ask us at each press of the key. `NAME` and `FUNCTION` are put in; nothing else varies. */
const BASH = `# bash completion for NAME: eval "$(NAME completion bash)"
FUNCTION() {
	local rest=\${COMP_LINE:0:COMP_POINT} word='' current='' answer='' line='' kind='' glued='' i=0
	local -a words=()
	COMPREPLY=()
	# bash takes --env=staging for three words: what no blank parts is one for us.
	for ((i = 0; i <= COMP_CWORD; i++)); do
		glued=yes
		while [[ $rest == [[:space:]]* ]]; do rest=\${rest#?} glued=''; done
		word=\${COMP_WORDS[i]}
		[[ $i -lt $COMP_CWORD ]] || word=$rest
		rest=\${rest#"$word"}
		if [[ $i -gt 0 && -n $glued ]]; then current+=$word; else
			[[ $i -le 1 ]] || words+=("$current")
			current=$word
		fi
	done
	answer=$(NAME --complete bash \${words[@]+"\${words[@]}"} "$current" 2>/dev/null)
	# What bash takes for another word stays where it is.
	case $word in = | :) word='' ;; esac
	while IFS= read -r line; do
		if [[ -z $kind ]]; then kind=$line; else
			line=\${line%%$'\\t'*}
			COMPREPLY+=("\${line#"\${current%"$word"}"}")
		fi
	done <<<"$answer"
	[[ $kind == files ]] || compopt +o default +o bashdefault 2>/dev/null
}
complete -o bashdefault -o default -F FUNCTION NAME
`;

const ZSH = `#compdef NAME
# zsh completion for NAME, after compinit: eval "$(NAME completion zsh)"
FUNCTION() {
	local -a answer names shown
	local line
	answer=("\${(@f)$(NAME --complete zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
	if [[ $answer[1] == files ]]; then
		[[ $PREFIX != --*=* ]] || compset -P '*='
		_files
		return
	fi
	for line in "\${(@)answer[2,-1]}"; do
		[[ -n $line ]] || continue
		names+=("\${line%%$'\\t'*}")
		shown+=("\${line/$'\\t'/  }")
	done
	(( $#names )) && compadd -l -d shown -- "\${(@)names}"
}
if [[ $funcstack[1] == _NAME ]]; then FUNCTION "$@"; else compdef FUNCTION NAME; fi
`;

const FISH = `# fish completion for NAME: NAME completion fish | source
function FUNCTION
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l answer (NAME --complete fish $words "$current" 2>/dev/null)
    if test "$answer[1]" = files
        set -l before (string match -r -- '^--[^=]*=' "$current")
        for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
            echo "$before$path"
        end
    else if set -q answer[2]
        printf '%s\\n' $answer[2..-1]
    end
end
complete -c NAME -f -a '(FUNCTION)'
`;

export const SHELLS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
export type ShellName = keyof typeof SHELLS;

export function isShell(word: string): word is ShellName {
  return Object.hasOwn(SHELLS, word);
}

/** @param name what the program is called where it will be typed: letters, digits, `_`, `.` and `-` */
export function completionScript(shell: ShellName, name: string): string {
  const own = `_complete_${name.replace(/\W/g, '_')}`;
  return SHELLS[shell].replaceAll('FUNCTION', own).replaceAll('NAME', name);
}
