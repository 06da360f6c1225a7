import com.cloudbees.groovy.cps.NonCPS
import groovy.json.JsonSlurper
import groovy.transform.Field

/** Key -> what its value may be; for `checkKeys`. */
@Field final Map KEYS = [
    config: ['String', 'List'],
    environment: ['String'],
    templates: ['String'],
    lint: ['fail', 'warn', 'off'],
]

/**
 * Renders the scripts of this build into release/ and runs ShellCheck on what any build may get.
 * Returns the first app's manifest.json as data, with those of all apps as `apps`.
 */
Map call(Object config = [:]) {
    checkKeys('genScripts', config, KEYS)
    Map manifest = render(config)
    lint(config, manifest)
    return manifest
}

/** The first half of it: the scripts. */
Map render(Map config) {
    install()
    List manifests = []
    withEnv(environmentOf(config)) {
        int status = sh(
            label: 'gen-scripts render',
            returnStatus: true,
            script: 'node .gen-scripts/gen-scripts.cjs render --manifest' + optionsOf(config) +
                ' >.gen-scripts/manifests.json'
        )
        if (status != 0) {
            error('gen-scripts: no scripts were made, see above (exit code ' + status + ')')
        }
        manifests = parse(readFile(file: '.gen-scripts/manifests.json', encoding: 'UTF-8'))
    }
    return manifests[0] + [apps: manifests, servers: serversIn(manifests)]
}

/** The second half: our own checks and ShellCheck. Findings never stop a rollback: somebody needs that now. */
void lint(Map config, Map manifest) {
    if (config.lint == 'off') {
        return
    }
    int status = 0
    withEnv(environmentOf(config)) {
        status = sh(
            label: 'gen-scripts lint',
            returnStatus: true,
            script: 'node .gen-scripts/gen-scripts.cjs lint --report checkstyle=.gen-scripts/checkstyle.xml' +
                optionsOf(config)
        )
    }
    if (status == 0) {
        return
    }
    String fault = 'gen-scripts: ' +
        (status == 1 ? 'lint has findings, see above' : 'lint ended with exit code ' + status + ', see above')
    if (config.lint == 'warn' || manifest.mode == 'rollback') {
        unstable(fault)
    } else {
        error(fault + ': nothing is shipped')
    }
}

/** Puts the CLI into the workspace; fails with one sentence if there is no Node.js that can run it. */
void install() {
    writeFile(
        file: '.gen-scripts/gen-scripts.cjs',
        encoding: 'UTF-8',
        text: libraryResource(resource: 'gen-scripts.cjs', encoding: 'UTF-8')
    )
    writeFile(file: '.gen-scripts/.gitignore', text: '*\n')
    int status = sh(
        label: 'Node.js',
        returnStatus: true,
        script: 'node .gen-scripts/gen-scripts.cjs --version'
    )
    if (status != 0) {
        error('gen-scripts needs Node.js 20 or later on the PATH of this agent: see docs/agent.md of gen-scripts')
    }
}

/** Fails unless each key is known and its value fits; `needed` keys must be there. */
void checkKeys(String step, Object config, Map kinds, List needed = []) {
    String fault = config instanceof Map ? findFault(config, kinds, needed) :
        'expected keys with values, such as ' + new ArrayList(kinds.keySet())[0] + ": '...'"
    if (fault) {
        error(step + ': ' + fault)
    }
}

/** One name or a list of them as plain strings. A list that was written as one string, or a name twice, is refused. */
List namesOf(String key, Object given) {
    List names = []
    for (value in [given].flatten()) {
        String name = value.toString().trim()
        if (name.contains(',')) {
            error(key + ": '" + name + "', expected one name, or a list: ['...', '...']")
        }
        if (name in names) {
            error(key + ": '" + name + "' is there twice")
        }
        names.add(name)
    }
    return names
}

/** JSON as plain maps and lists, which Jenkins can keep from one step to the next. */
@NonCPS
Object parse(String text) {
    return plain(new JsonSlurper().parseText(text))
}

// What JsonSlurper makes is lazy and cannot be serialised.
@NonCPS
private Object plain(Object value) {
    if (value instanceof Map) {
        Map copy = [:]
        for (entry in value) {
            copy[entry.key] = plain(entry.value)
        }
        return copy
    }
    if (value instanceof List) {
        List copy = []
        for (item in value) {
            copy.add(plain(item))
        }
        return copy
    }
    return value
}

@NonCPS
private String findFault(Map config, Map kinds, List needed) {
    for (key in config.keySet()) {
        if (!kinds.containsKey(key)) {
            return "unknown key '${key}', expected one of ${kinds.keySet().join(', ')}".toString()
        }
        if (config[key] != null && !fits(config[key], kinds[key])) {
            return "${key}: '${config[key]}', expected ${kinds[key].join(' or ')}".toString()
        }
    }
    for (key in needed) {
        if (!config[key]) {
            return "${key} is needed, expected ${kinds[key].join(' or ')}".toString()
        }
    }
    return null
}

// A kind is the name of a type, or one of the words that are allowed.
@NonCPS
private boolean fits(Object value, List kinds) {
    for (kind in kinds) {
        if (kind == 'String' ? value instanceof CharSequence && value :
            kind == 'List' ? value instanceof List && isOfStrings(value) :
            kind == 'Map' ? value instanceof Map :
            kind == 'boolean' ? value instanceof Boolean :
            kind == 'minutes' ? value instanceof Integer && value > 0 :
            kind == 'Closure' ? value instanceof Closure :
            value instanceof CharSequence && value.toString() == kind) {
            return true
        }
    }
    return false
}

@NonCPS
private boolean isOfStrings(List values) {
    for (value in values) {
        if (!(value instanceof CharSequence) || !value) {
            return false
        }
    }
    return !values.isEmpty()
}

// Values go by the environment: the text of a command is made of constants only.
private List environmentOf(Map config) {
    List variables = []
    List files = [config.config ?: []].flatten()
    for (int i = 0; i < files.size(); i++) {
        variables.add('GEN_SCRIPTS_CONFIG_' + i + '=' + files[i])
    }
    if (config.templates) {
        variables.add('GEN_SCRIPTS_TEMPLATES=' + config.templates)
    }
    if (config.environment) {
        variables.add('GEN_SCRIPTS_ENV=' + config.environment)
    }
    String user = userOf()
    if (user) {
        variables.add('BUILD_USER_ID=' + user)
    }
    return variables
}

private String optionsOf(Map config) {
    String options = ''
    List files = [config.config ?: []].flatten()
    for (int i = 0; i < files.size(); i++) {
        options += ' --config "$GEN_SCRIPTS_CONFIG_' + i + '"'
    }
    return options + (config.templates ? ' --templates "$GEN_SCRIPTS_TEMPLATES"' : '')
}

// Who pressed the button. Who pushed a tag stands in gitlabUserName, which the CLI reads itself.
private String userOf() {
    if (env.BUILD_USER_ID) {
        return env.BUILD_USER_ID
    }
    List causes = currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause')
    Object user = causes ? causes[0].userId : ''
    // Without a login it is JSON's null, which is an object here.
    return user instanceof String ? user : ''
}

// Names under `hosts:` in the settings of any app, each once.
private List serversIn(List manifests) {
    List names = []
    for (manifest in manifests) {
        for (host in manifest.hosts) {
            if (!(host.name in names)) {
                names.add(host.name)
            }
        }
    }
    return names
}
