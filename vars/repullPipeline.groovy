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
@Field final Map GITLAB_KEYS = [connection: ['String'], trigger: ['boolean'], secretToken: ['String']]
@Field final Map NOTIFY_KEYS = [
    DINGTALK_WEBHOOK: ['String'],
    DINGTALK_SECRET: ['String'],
    WECOM_WEBHOOK: ['String'],
    FEISHU_WEBHOOK: ['String'],
    FEISHU_SECRET: ['String'],
    NOTIFY_WEBHOOK: ['String'],
]

/** The whole job: parameters, scripts, image, approval, hosts, messages. */
void call(Map config = [:]) {
    checkConfig(config)
    List environments = environmentsOf(config)
    checkEnvironments(config, environments)
    setProperties(config, environments)
    refuseBranch()
    String environment = environments ? (params.GEN_SCRIPTS_ENV ?: environments[0]) : ''
    List servers = serversOf(config.servers, environment)
    node(config.agent ?: '') {
        withNode(config.nodejs) {
            runAndTell(config) {
                deliver(config, environment, servers)
            }
        }
    }
}

private void checkConfig(Map config) {
    genScripts.checkKeys('repullPipeline', config, KEYS, ['servers'])
    if (config.approval instanceof Map) {
        genScripts.checkKeys('repullPipeline: approval', config.approval, APPROVAL_KEYS)
    }
    genScripts.checkKeys('repullPipeline: gitlab', config.gitlab ?: [:], GITLAB_KEYS)
    genScripts.checkKeys('repullPipeline: notify', config.notify ?: [:], NOTIFY_KEYS)
}

private List environmentsOf(Map config) {
    if (config.environments) {
        return config.environments
    }
    return config.servers instanceof Map ? new ArrayList(config.servers.keySet()) : []
}

// A name that is misspelt in `approval` would deploy there without asking anybody.
private void checkEnvironments(Map config, List environments) {
    if (config.servers instanceof Map) {
        Map kinds = [:]
        for (name in environments) {
            kinds[name] = ['String', 'List']
        }
        genScripts.checkKeys('repullPipeline: servers', config.servers, kinds, environments)
    }
    List asked = config.approval instanceof Map ? config.approval.environments ?: [] : []
    for (name in asked) {
        if (!(name in environments)) {
            error("repullPipeline: approval: '" + name + "' is not one of the environments: " + environments.join(', '))
        }
    }
}

private List serversOf(Object servers, String environment) {
    Object chosen = servers instanceof Map ? servers[environment] : servers
    if (!chosen) {
        error("repullPipeline: servers has no entry for the environment '" + environment + "'")
    }
    return [chosen].flatten()
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
            branchFilterType: 'RegexBasedFilter',
            sourceBranchRegex: 'refs/tags/.*',
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
            ": let the job's GitLab trigger pass refs/tags/.* only")
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
        (result == 'ABORTED' ? '已中止' : '失败') + '：没有询问任何主机，什么都没有改变' :
        (result == 'ABORTED' ? 'aborted' : 'failed') + ' before any host was asked, nothing was changed there'
    currentBuild.description = currentBuild.description ? currentBuild.description + '; ' + said : said
}

// Whatever goes wrong here (the agent is gone, for one) must not hide how the build itself ended.
private void removeCredentials() {
    try {
        sh(
            label: 'remove credentials',
            script: 'rm -f release/registry.credentials release/*/registry.credentials'
        )
    } catch (FlowInterruptedException e) {
        throw e
    } catch (Exception e) {
        echo('WARNING: release/registry.credentials may still be in the workspace: ' + e.message)
    }
}

private void withStatus(Map gitlabKeys, Closure body) {
    if (gitlabKeys.connection) {
        gitlabCommitStatus(name: 'deploy') {
            body()
        }
    } else {
        body()
    }
}

// A message that cannot be sent must not change what became of the build.
private void tell(Map credentials, String result, String lang) {
    if (!credentials) {
        return
    }
    List bindings = []
    for (name in new ArrayList(credentials.keySet())) {
        bindings.add(string(credentialsId: credentials[name], variable: name))
    }
    try {
        if (!fileExists('.gen-scripts/gen-scripts.cjs')) {
            genScripts.install()
        }
        withCredentials(bindings) {
            withEnv(['GEN_SCRIPTS_RESULT=' + (result == 'NOT_BUILT' ? 'ABORTED' : result)]) {
                sh(
                    label: 'gen-scripts notify',
                    script: 'node .gen-scripts/gen-scripts.cjs notify --result "$GEN_SCRIPTS_RESULT"' +
                        (lang == 'zh' ? ' --lang zh' : '')
                )
            }
        }
    } catch (FlowInterruptedException e) {
        throw e
    } catch (Exception e) {
        echo('WARNING: gen-scripts notify: ' + e.message)
    }
}

// --- the build -----------------------------------------------------------------------------------------------------

private void deliver(Map config, String environment, List servers) {
    Map manifest = [:]
    timeout(time: config.timeout ?: 60, unit: 'MINUTES') {
        withRegistry(config.registryCredentials) {
            stage('Scripts') {
                checkOut(config.checkout)
                manifest = makeScripts(config, environment)
            }
            if (manifest.mode != 'rollback') {
                stage('Build') {
                    sh(
                        label: 'build.sh',
                        script: 'for b in release/build.sh release/*/build.sh; do ' +
                            '[ ! -f "$b" ] || sh "$b" || exit; done'
                    )
                }
            }
        }
    }
    approve(config.approval, environment, manifest, servers)
    timeout(time: config.timeout ?: 60, unit: 'MINUTES') {
        stage(manifest.mode == 'rollback' ? 'Rollback' : 'Deploy') {
            publishScripts(servers: servers, keepGoing: config.keepGoing ?: false, lang: config.lang ?: 'en')
        }
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
        checkout([
            $class: 'GitSCM',
            branches: [[name: ref]],
            userRemoteConfigs: scm.userRemoteConfigs,
            extensions: scm.extensions +
                [[$class: 'CloneOption', noTags: false, shallow: false, depth: 0, reference: '']],
        ])
    } else {
        checkout(scm)
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
    archiveArtifacts(artifacts: 'release/**', excludes: '**/registry.credentials')
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
private void approve(Object approval, String environment, Map manifest, List servers) {
    Map keys = approval instanceof Map ? approval : [:]
    boolean isWanted = approval && (!keys.environments || environment in keys.environments)
    if (!isWanted) {
        return
    }
    String what = manifest.mode == 'rollback' ? 'Roll back ' + manifest.app : 'Deploy ' + manifest.image
    stage('Approval') {
        timeout(time: keys.minutes ?: 60, unit: 'MINUTES') {
            input(message: what + ' on ' + servers.join(', ') + '?', submitter: keys.submitter ?: '')
        }
    }
}
