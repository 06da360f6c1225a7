import groovy.transform.Field
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

@Field final Map KEYS = [
    servers: ['String', 'List', 'Map'],
    agent: ['String'],
    config: ['String', 'List'],
    environments: ['List'],
    templates: ['String'],
    lint: ['fail', 'warn', 'off'],
    recordIssues: ['boolean'],
    nodejs: ['String'],
    checkout: ['Closure'],
    registryCredentials: ['String'],
    approval: ['boolean', 'Map'],
    timeout: ['minutes'],
    keepGoing: ['boolean'],
    gitlab: ['Map'],
    notify: ['Map'],
    lang: ['en', 'zh'],
]
@Field final Map APPROVAL_KEYS = [environments: ['List'], submitter: ['String'], minutes: ['minutes']]
@Field final Map GITLAB_KEYS = [connection: ['String'], trigger: ['boolean'], tags: ['String'], secretToken: ['String']]
@Field final Map NOTIFY_KEYS = [
    DINGTALK_WEBHOOK: ['String'],
    DINGTALK_SECRET: ['String'],
    WECOM_WEBHOOK: ['String'],
    FEISHU_WEBHOOK: ['String'],
    FEISHU_SECRET: ['String'],
    NOTIFY_WEBHOOK: ['String'],
]

/** The whole job: parameters, scripts, image, approval, hosts, messages. */
void call(Object config = [:]) {
    checkConfig(config)
    // Without any: those of hosts: in the settings, which are not checked out yet.
    Map servers = config.servers instanceof Map ? serversByEnvironment(config.servers) :
        ['': config.servers ? genScripts.namesOf('repullPipeline: servers', config.servers) : []]
    List environments = environmentsOf(config, servers)
    checkEnvironments(config, servers, environments)
    setProperties(config, environments)
    refuseBranch()
    String environment = chooseEnvironment(environments)
    List chosen = servers[config.servers instanceof Map ? environment : '']
    node(config.agent ?: '') {
        withNode(config.nodejs) {
            runAndTell(config) {
                deliver(config, environment, chosen)
            }
        }
    }
}

private void checkConfig(Object config) {
    genScripts.checkKeys('repullPipeline', config, KEYS)
    if (config.approval instanceof Map) {
        genScripts.checkKeys('repullPipeline: approval', config.approval, APPROVAL_KEYS)
    }
    genScripts.checkKeys('repullPipeline: gitlab', config.gitlab ?: [:], GITLAB_KEYS)
    genScripts.checkKeys('repullPipeline: notify', config.notify ?: [:], NOTIFY_KEYS)
}

private Map serversByEnvironment(Map given) {
    Map servers = [:]
    List keys = new ArrayList(given.keySet())
    List values = new ArrayList(given.values())
    for (int i = 0; i < keys.size(); i++) {
        String name = keys[i].toString().trim()
        genScripts.checkKeys('repullPipeline: servers', [(name): values[i]], [(name): ['String', 'List']], [name])
        servers[name] = genScripts.namesOf('repullPipeline: servers: ' + name, values[i])
    }
    return servers
}

// Plain strings, as all names here: a GString is never `in` a list of strings, and approval would be left out.
private List environmentsOf(Map config, Map servers) {
    if (config.environments) {
        return genScripts.namesOf('repullPipeline: environments', config.environments)
    }
    return config.servers instanceof Map ? new ArrayList(servers.keySet()) : []
}

// A name that is misspelt in `approval` would deploy there without asking anybody.
private void checkEnvironments(Map config, Map servers, List environments) {
    if (config.servers instanceof Map) {
        Map kinds = [:]
        for (name in environments) {
            kinds[name] = ['String', 'List']
        }
        genScripts.checkKeys('repullPipeline: servers', servers, kinds, environments)
    }
    for (name in askedEnvironments(config.approval)) {
        checkEnvironment('approval', name, environments)
    }
}

private void checkEnvironment(String where, String name, List environments) {
    if (!(name in environments)) {
        error('repullPipeline: ' + where + ": '" + name + "' is not one of the environments: " +
            environments.join(', '))
    }
}

private List askedEnvironments(Object approval) {
    return approval instanceof Map && approval.environments ?
        genScripts.namesOf('repullPipeline: approval: environments', approval.environments) : []
}

private String chooseEnvironment(List environments) {
    if (!environments) {
        return ''
    }
    String wanted = (params.GEN_SCRIPTS_ENV ?: '').toString().trim() ?: environments[0]
    checkEnvironment('GEN_SCRIPTS_ENV', wanted, environments)
    return wanted
}

// --- the job -------------------------------------------------------------------------------------------------------

// They replace those of the job's page, so the trigger's token must come from here as well.
private void setProperties(Map config, List environments) {
    String token = config.gitlab?.secretToken
    if (!token) {
        properties(jobProperties(config, environments, [:]))
        return
    }
    withCredentials([string(credentialsId: token, variable: 'GEN_SCRIPTS_SECRET_TOKEN')]) {
        properties(jobProperties(config, environments, [secretToken: env.GEN_SCRIPTS_SECRET_TOKEN]))
    }
}

private List jobProperties(Map config, List environments, Map triggerKeys) {
    List wanted = [disableConcurrentBuilds(), parameters(jobParameters(environments, config.lang == 'zh'))]
    Map gitlabKeys = config.gitlab ?: [:]
    if (gitlabKeys.connection) {
        wanted.add(gitLabConnection(gitlabKeys.connection))
    }
    if (gitlabKeys.trigger) {
        // Tag pushes come by the push trigger; without the filter every branch would be deployed.
        wanted.add(pipelineTriggers([gitlab([
            triggerOnPush: true,
            triggerOnMergeRequest: false,
            // By default a comment on a merge request starts a build, and [ci skip] in the tagged commit prevents one.
            triggerOnNoteRequest: false,
            ciSkip: false,
            branchFilterType: 'RegexBasedFilter',
            sourceBranchRegex: 'refs/tags/(' + (gitlabKeys.tags ?: '.+') + ')',
        ] + triggerKeys)]))
    }
    return wanted
}

private List jobParameters(List environments, boolean chinese) {
    List wanted = [
        booleanParam(
            name: 'CTRL_BUILD',
            defaultValue: true,
            description: chinese ? '勾选：构建并部署；不勾选：回滚' : 'ticked: build and deploy; unticked: roll back'
        ),
        string(
            name: 'ROLLBACK_TO',
            defaultValue: '',
            trim: true,
            description: chinese ? '回滚的目标：tag 或历史中的一行；留空：上一个版本' :
                'target of a rollback: a tag or a line of the history; empty: the version before'
        ),
        string(
            name: 'ROLLBACK_STEPS',
            defaultValue: '',
            trim: true,
            description: chinese ? '或者回退几步' : 'or how many steps back'
        ),
        string(
            name: 'ROLLBACK_FROM',
            defaultValue: '',
            trim: true,
            description: chinese ? '只回滚正在运行这个 tag 的主机；留空：所有主机' :
                'roll back only hosts that run this tag; empty: all of them'
        ),
        string(
            name: 'GIT_TAG',
            defaultValue: '',
            trim: true,
            description: chinese ? '构建这个 git tag；留空：按 git describe' :
                'git tag to build; empty: as git describes the checkout'
        ),
    ]
    if (environments) {
        wanted.add(choice(name: 'GEN_SCRIPTS_ENV', choices: environments, description: chinese ? '环境' : 'environment'))
    }
    return wanted
}

// A push to a branch is not a release; it gets here only past the trigger's filter.
private void refuseBranch() {
    if (env.gitlabSourceBranch && !env.gitlabSourceBranch.startsWith('refs/tags/')) {
        error('repullPipeline deploys pushed tags only, and this build was started by ' + env.gitlabSourceBranch +
            ": let the job's GitLab trigger pass refs/tags/.+ only")
    }
}

// --- around the build ----------------------------------------------------------------------------------------------

private void withNode(String name, Closure body) {
    if (name) {
        withEnv(['PATH+NODEJS=' + tool(name: name, type: 'nodejs') + '/bin']) {
            body()
        }
    } else {
        body()
    }
}

// However the build ends: no credentials stay in the workspace, the page says how it ended, and the chats are told.
private void runAndTell(Map config, Closure body) {
    String result = 'FAILURE'
    String before = currentBuild.description
    try {
        withStatus(config.gitlab ?: [:], body)
        result = currentBuild.currentResult
    } catch (FlowInterruptedException e) {
        result = 'ABORTED'
        throw e
    } finally {
        if (currentBuild.description == before) {
            showEarlyEnd(result, config.lang == 'zh')
        }
        removeCredentials()
        tell(config.notify ?: [:], result, config.lang)
    }
}

// publishScripts has said nothing, so it was not reached.
private void showEarlyEnd(String result, boolean chinese) {
    String said = chinese ?
        (result == 'ABORTED' ? '已中止' : '失败') + '：尚未连接任何主机，未做任何改变' :
        (result == 'ABORTED' ? 'aborted' : 'failed') + ' before any host was asked, nothing was changed there'
    currentBuild.description = currentBuild.description ? currentBuild.description + '; ' + said : said
}

// Whatever goes wrong in it (the agent is gone, for one) must not change or hide how the build itself ended.
private void attempt(String warning, Closure body) {
    try {
        body()
    } catch (FlowInterruptedException e) {
        throw e
    } catch (Exception e) {
        echo('WARNING: ' + warning + ': ' + e.message)
    }
}

private void removeCredentials() {
    attempt('release/registry.credentials may still be in the workspace') {
        sh(
            label: 'remove credentials',
            script: 'rm -f release/registry.credentials release/*/registry.credentials ' +
                'release/.registry.credentials.tmp release/*/.registry.credentials.tmp'
        )
    }
}

// Not gitlabCommitStatus, which calls an UNSTABLE build a success.
private void withStatus(Map gitlabKeys, Closure body) {
    if (!gitlabKeys.connection) {
        body()
        return
    }
    String state = 'failed'
    tellGitlab('running')
    try {
        body()
        state = currentBuild.currentResult == 'SUCCESS' ? 'success' : 'failed'
    } catch (FlowInterruptedException e) {
        state = 'canceled'
        throw e
    } finally {
        tellGitlab(state)
    }
}

private void tellGitlab(String state) {
    attempt('GitLab is not told that this build is ' + state) {
        updateGitlabCommitStatus(name: 'deploy', state: state)
    }
}

private void tell(Map credentials, String result, String lang) {
    if (!credentials) {
        return
    }
    List bindings = []
    for (name in new ArrayList(credentials.keySet())) {
        bindings.add(string(credentialsId: credentials[name], variable: name))
    }
    attempt('gen-scripts notify') {
        // Whatever the sources have brought to this place: what gets the addresses of the chats is ours.
        genScripts.install()
        withCredentials(bindings) {
            withEnv(['GEN_SCRIPTS_RESULT=' + (result == 'NOT_BUILT' ? 'ABORTED' : result)]) {
                sh(
                    label: 'gen-scripts notify',
                    script: 'node .gen-scripts/gen-scripts.cjs notify --result "$GEN_SCRIPTS_RESULT"' +
                        (lang == 'zh' ? ' --lang zh' : '')
                )
            }
        }
    }
}

// --- the build -----------------------------------------------------------------------------------------------------

private void deliver(Map config, String environment, List servers) {
    Map manifest = [:]
    List hosts = servers
    timeout(time: config.timeout ?: 60, unit: 'MINUTES') {
        withRegistry(config.registryCredentials) {
            stage('Scripts') {
                checkOut(config.checkout)
                manifest = makeScripts(config, environment)
                hosts = servers ?: manifest.servers
                if (!hosts) {
                    error('repullPipeline: servers is needed, or hosts: in gen-scripts.yml')
                }
            }
            if (manifest.mode != 'rollback') {
                stage('Build') {
                    runBuild()
                }
            }
        }
    }
    approve(config, environment, manifest, hosts)
    timeout(time: config.timeout ?: 60, unit: 'MINUTES') {
        stage(manifest.mode == 'rollback' ? 'Rollback' : 'Deploy') {
            publishScripts(servers: hosts, keepGoing: config.keepGoing ?: false, lang: config.lang ?: 'en')
        }
    }
}

private void runBuild() {
    int status = sh(
        label: 'build.sh',
        returnStatus: true,
        script: 'for b in release/build.sh release/*/build.sh; do [ ! -f "$b" ] || sh "$b" || exit; done'
    )
    if (status != 0) {
        error('repullPipeline: build.sh ended with exit code ' + status + ', see above: no host was asked')
    }
}

// Only render and build see the password; the hosts get it in a file, if `registry.login: shipped` asks for that.
private void withRegistry(String credentials, Closure body) {
    if (credentials) {
        withCredentials([usernamePassword(
            credentialsId: credentials,
            usernameVariable: 'REGISTRY_USERNAME',
            passwordVariable: 'REGISTRY_PASSWORD'
        )]) {
            body()
        }
    } else {
        body()
    }
}

/*
 * The sources of the tag that was pushed or asked for, with all tags and the whole history for git describe. In a
 * branch specifier the Git plugin expands variables and takes patterns: a name with such characters gets no further.
 */
private void checkOut(Closure own) {
    String ref = env.gitlabSourceBranch ?: ''
    if (!ref && params.GIT_TAG && params.CTRL_BUILD != false) {
        ref = 'refs/tags/' + params.GIT_TAG
    }
    if (ref && !ref.matches('refs/tags/[^\\s$*?\\[\\\\^~:]+')) {
        error("repullPipeline: '" + ref + "' cannot be the name of a git tag here")
    }
    if (own) {
        own()
    } else if (ref) {
        checkOutTag(ref)
    } else {
        checkout(scm)
    }
}

// A branch may have a name like that of a tag, and who may push a branch may not be allowed to push a tag.
private void checkOutTag(String ref) {
    try {
        checkout([
            $class: 'GitSCM',
            branches: [[name: ref]],
            userRemoteConfigs: scm.userRemoteConfigs,
            extensions: scm.extensions +
                [[$class: 'CloneOption', noTags: false, shallow: false, depth: 0, reference: '']],
        ])
    } catch (FlowInterruptedException e) {
        throw e
    } catch (Exception e) {
        error("repullPipeline: cannot check out '" + ref + "'; has this tag been pushed? " + e.message)
    }
    int status = 0
    withEnv(['GEN_SCRIPTS_REF=' + ref]) {
        status = sh(
            label: 'the sources are those of the tag',
            returnStatus: true,
            script: 'git show-ref --verify --quiet "$GEN_SCRIPTS_REF" && ' +
                '[ "$(git rev-parse "$GEN_SCRIPTS_REF^{commit}")" = "$(git rev-parse HEAD)" ]'
        )
    }
    if (status != 0) {
        error("repullPipeline: what was checked out is not '" + ref + "': is there such a tag, or only a branch?")
    }
}

private Map makeScripts(Map config, String environment) {
    Map wanted = [lint: config.lint ?: 'fail']
    for (key in ['config', 'templates']) {
        if (config[key]) {
            wanted[key] = config[key]
        }
    }
    if (environment) {
        wanted.environment = environment
    }
    Map manifest = genScripts.render(wanted)
    // At once: what fails the build later should be there to be looked at.
    archiveArtifacts(artifacts: 'release/**', excludes: '**/registry.credentials, **/.*')
    try {
        genScripts.lint(wanted, manifest)
    } finally {
        if (config.recordIssues && config.lint != 'off') {
            recordIssues(tool: checkStyle(pattern: '.gen-scripts/checkstyle.xml'), enabledForFailure: true)
        }
    }
    return manifest
}

/*
 * On the agent, which waits: what somebody looked at must be, byte for byte, what is shipped, and shipped credentials
 * must not be stashed on the controller.
 */
private void approve(Map config, String environment, Map manifest, List servers) {
    Map keys = config.approval instanceof Map ? config.approval : [:]
    List asked = askedEnvironments(config.approval)
    if (!config.approval || asked && !(environment in asked)) {
        return
    }
    String where = servers.join(', ') + (environment ? ' (' + environment + ')' : '')
    boolean chinese = config.lang == 'zh'
    String what = wordsOf(manifest, chinese)
    String question = chinese ? '在 ' + where + ' 上' + what + '？' : what + ' on ' + where + '?'
    stage('Approval') {
        timeout(time: keys.minutes ?: 60, unit: 'MINUTES') {
            input(message: question, submitter: keys.submitter ?: '')
        }
    }
}

// What is to be done, with all apps.
private String wordsOf(Map manifest, boolean chinese) {
    List apps = []
    for (app in manifest.apps) {
        String name = manifest.mode == 'rollback' ? app.app : app.image
        if (!(name in apps)) {
            apps.add(name)
        }
    }
    String names = apps.join(chinese ? '、' : ', ')
    if (manifest.mode != 'rollback') {
        return (chinese ? '部署 ' : 'Deploy ') + names
    }
    String to = manifest.parameters['rollback.to'].value
    int steps = manifest.parameters['rollback.steps'].value
    String from = manifest.parameters['rollback.from'].value
    if (chinese) {
        return '把 ' + (from ? '正在运行 ' + from + ' 的 ' : '') + names + ' 回滚到' +
            (to ? ' ' + to : steps > 1 ? ' ' + steps + ' 个版本之前' : '上一个版本')
    }
    return 'Roll back ' + names + (from ? ', where ' + from + ' runs,' : '') + ' to ' +
        (to ?: steps > 1 ? 'what ran ' + steps + ' versions before' : 'the version before')
}
