import java.util.concurrent.locks.ReentrantLock
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/**
 * Jenkins' steps. Each call is recorded; those that matter really act: shell steps run, files are written, a repository is
 * checked out. What Jenkins would refuse is refused: unknown steps and arguments, values that cannot be kept
 * on disk from one step to the next, and (which Jenkins only warns of) text for the shell that was put together from values.
 */
class Steps {
    /** name -> the argument that may stand alone, then the others. */
    private static final Map PARAMETERS = [
        archiveArtifacts: ['artifacts', 'excludes', 'allowEmptyArchive', 'fingerprint'],
        checkout: ['scm'],
        echo: ['message'],
        error: ['message'],
        input: ['message', 'submitter', 'ok', 'id'],
        libraryResource: ['resource', 'encoding'],
        node: ['label'],
        parallel: ['branches'],
        properties: ['properties'],
        readFile: ['file', 'encoding'],
        recordIssues: ['tool', 'tools', 'enabledForFailure'],
        sh: ['script', 'label', 'returnStdout', 'returnStatus', 'encoding'],
        sshPublisher: ['publishers', 'failOnError', 'continueOnError', 'alwaysPublishFromMaster'],
        sleep: ['time', 'unit'],
        stage: ['name'],
        timeout: ['time', 'unit', 'activity'],
        tool: ['name', 'type'],
        unstable: ['message'],
        updateGitlabCommitStatus: ['name', 'state'],
        withCredentials: ['bindings'],
        withEnv: ['overrides'],
        writeFile: ['file', 'text', 'encoding'],
    ]

    /** Symbols: what they make is data for a step. */
    private static final Map SYMBOLS = [
        booleanParam: ['name', 'defaultValue', 'description'],
        checkStyle: ['pattern', 'id', 'name'],
        choice: ['name', 'choices', 'description'],
        disableConcurrentBuilds: ['abortPrevious'],
        gitLabConnection: ['gitLabConnection'],
        gitlab: ['triggerOnPush', 'triggerOnMergeRequest', 'triggerOnNoteRequest', 'ciSkip', 'branchFilterType',
            'sourceBranchRegex', 'secretToken'],
        parameters: ['parameterDefinitions'],
        pipelineTriggers: ['triggers'],
        sshPublisherDesc: ['configName', 'verbose', 'transfers'],
        sshTransfer: ['sourceFiles', 'excludes', 'removePrefix', 'remoteDirectory', 'execCommand', 'execTimeout',
            'useSftpForExec'],
        string: ['name', 'defaultValue', 'description', 'trim', 'credentialsId', 'variable'],
        usernamePassword: ['credentialsId', 'usernameVariable', 'passwordVariable'],
    ]

    final List calls = []
    final List archived = []
    private final Map build
    private final File workspace
    private final Variables variables
    private final CurrentBuild currentBuild
    private final Log log
    private final ReentrantLock turn = new ReentrantLock(true)
    /** Of the Jenkinsfile. Its closure `meanwhile` runs while a server is asked, once, as another branch of `parallel`. */
    Map globals

    Steps(Map build, Variables variables, CurrentBuild currentBuild, Log log) {
        this.build = build
        this.workspace = new File(build.workspace)
        this.variables = variables
        this.currentBuild = currentBuild
        this.log = log
        turn.lock()
    }

    Object invoke(String name, List given) {
        if (name in (build.missing ?: []) || !(PARAMETERS.containsKey(name) || SYMBOLS.containsKey(name))) {
            throw new NoSuchMethodError("No such DSL method '${name}' found among steps")
        }
        List rest = new ArrayList(given)
        Closure body = rest && rest.last() instanceof Closure ? rest.remove(rest.size() - 1) : null
        Map named = toNamed(name, rest)
        if (name == 'gitlab' && named.secretToken in log.secrets) {
            // The one argument that may be a secret: the trigger keeps it encrypted, as hudson.util.Secret.
            named += [secretToken: '****']
        }
        if (name == 'parallel') {
            calls.add([step: name, arguments: [branches: new ArrayList(named.branches.keySet())]])
            return do_parallel(named)
        }
        check(name, named)
        if (SYMBOLS.containsKey(name)) {
            return [symbol: name] + named
        }
        calls.add([step: name, arguments: named])
        if (build.failing?.containsKey(name)) {
            throw new AbortException(build.failing[name])
        }
        return body == null ? "do_${name}"(named) : "do_${name}"(named, body)
    }

    private Map toNamed(String name, List rest) {
        List known = PARAMETERS[name] ?: SYMBOLS[name]
        if (rest.isEmpty()) {
            return [:]
        }
        boolean isMap = rest.size() == 1 && rest[0] instanceof Map && !(name in ['checkout', 'parallel']) && !rest[0].symbol
        Map named = isMap ? rest[0] : [(known[0]): rest[0]]
        for (key in named.keySet()) {
            if (!(key in known)) {
                throw new IllegalArgumentException("${name}: unknown argument '${key}'")
            }
        }
        return named
    }

    private void check(String name, Map named) {
        for (entry in named) {
            new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(entry.value)
        }
        if (name == 'sh' && !(named.script instanceof String)) {
            throw new IllegalStateException('sh: the script is a GString: ' + named.script)
        }
        for (secret in log.secrets) {
            if (named.toString().contains(secret)) {
                throw new IllegalStateException("${name}: a secret is in its arguments")
            }
        }
    }

    // --- the shell -------------------------------------------------------------------------------------------------

    Object do_sh(Map step) {
        log.line("[Pipeline] sh${step.label ? ' (' + step.label + ')' : ''}")
        File script = File.createTempFile('script', '.sh')
        File output = File.createTempFile('script', '.out')
        try {
            script.setText(step.script, 'UTF-8')
            ProcessBuilder builder = new ProcessBuilder('sh', '-xe', script.path).directory(workspace)
            builder.environment().clear()
            builder.environment().putAll(variables.all().collectEntries { key, value -> [(key): value.toString()] })
            if (step.returnStdout) {
                builder.redirectOutput(output)
            } else {
                builder.redirectErrorStream(true)
            }
            Process process = builder.start()
            process.outputStream.close()
            log.line((step.returnStdout ? process.errorStream : process.inputStream).getText('UTF-8'))
            int status = waitingFor { process.waitFor() }
            if (step.returnStatus) {
                return status
            }
            if (status != 0) {
                throw new AbortException("script returned exit code ${status}")
            }
            return step.returnStdout ? output.getText('UTF-8') : null
        } finally {
            script.delete()
            output.delete()
        }
    }

    // --- files -----------------------------------------------------------------------------------------------------

    Object do_writeFile(Map step) {
        File file = new File(workspace, step.file)
        file.parentFile.mkdirs()
        file.setText(step.text, step.encoding ?: 'US-ASCII')
        return null
    }

    Object do_readFile(Map step) {
        File file = new File(workspace, step.file)
        if (!file.file) {
            throw new FileNotFoundException(step.file)
        }
        return file.getText(step.encoding ?: 'US-ASCII')
    }

    Object do_libraryResource(Map step) {
        return new File(build.project, 'resources/' + step.resource).getText(step.encoding ?: 'US-ASCII')
    }

    Object do_archiveArtifacts(Map step) {
        List paths = Files.find(workspace, step.artifacts, step.excludes ?: '')
        if (paths.isEmpty() && !step.allowEmptyArchive) {
            throw new AbortException("No artifacts found that match the file pattern \"${step.artifacts}\".")
        }
        archived.addAll(paths)
        return null
    }

    Object do_recordIssues(Map step) {
        File file = new File(workspace, step.tool.pattern)
        new XmlParser().parse(file)
        return null
    }

    /** A branch or tag of the repository, as the Git plugin leaves it: detached. It takes a branch of any name for a ref. */
    Object do_checkout(Map step) {
        String ref = step.scm.branches[0].name
        String url = step.scm.userRemoteConfigs[0].url
        git('init', '--quiet')
        git('fetch', '--quiet', '--force', '--tags', url, '+refs/heads/*:refs/remotes/origin/*')
        List places = ref.startsWith('refs/') ? [ref, 'refs/remotes/origin/' + ref] : ['refs/remotes/origin/' + ref]
        String found = places.find { has(it) } ?: places[0]
        git('checkout', '--quiet', '--force', '--detach', found)
        return null
    }

    private boolean has(String ref) {
        return new ProcessBuilder('git', 'show-ref', '--verify', '--quiet', ref).directory(workspace).start().waitFor() == 0
    }

    private void git(String... words) {
        ProcessBuilder builder = new ProcessBuilder(['git'] + (words as List)).directory(workspace).redirectErrorStream(true)
        builder.environment().clear()
        builder.environment().putAll(build.agent)
        Process process = builder.start()
        String output = process.inputStream.getText('UTF-8')
        if (process.waitFor() != 0) {
            throw new AbortException('ERROR: ' + output)
        }
    }

    // --- blocks ----------------------------------------------------------------------------------------------------

    Object do_node(Map step, Closure body) {
        return body()
    }

    Object do_stage(Map step, Closure body) {
        log.line("[Pipeline] { (${step.name})")
        return body()
    }

    /** As in Jenkins one branch at a time runs, until it waits for something; what one throws is thrown when all have ended. */
    Object do_parallel(Map step) {
        List thrown = []
        List threads = step.branches.collect { branch ->
            log.line("[Pipeline] { (Branch: ${branch.key})")
            Thread.start {
                turn.lock()
                try {
                    branch.value.call()
                } catch (Throwable e) {
                    thrown.add(e)
                } finally {
                    turn.unlock()
                }
            }
        }
        waitingFor { threads*.join() }
        if (thrown) {
            throw thrown[0]
        }
        return null
    }

    /** Meanwhile other branches run. */
    private Object waitingFor(Closure work) {
        turn.unlock()
        try {
            return work()
        } finally {
            turn.lock()
        }
    }

    Object do_sleep(Map step) {
        return null
    }

    Object do_timeout(Map step, Closure body) {
        return body()
    }

    Object do_updateGitlabCommitStatus(Map step) {
        return null
    }

    Object do_withEnv(Map step, Closure body) {
        Map more = [:]
        for (line in step.overrides) {
            String text = line.toString()
            more[text.substring(0, text.indexOf('='))] = text.substring(text.indexOf('=') + 1)
        }
        return variables.within(more, body)
    }

    Object do_withCredentials(Map step, Closure body) {
        Map more = [:]
        for (binding in step.bindings) {
            Map credential = build.credentials[binding.credentialsId]
            if (credential == null) {
                throw new AbortException("Could not find credentials entry with ID '${binding.credentialsId}'")
            }
            if (binding.symbol == 'string') {
                more[binding.variable] = credential.secret
                log.secrets.add(credential.secret)
            } else {
                more[binding.usernameVariable] = credential.username
                more[binding.passwordVariable] = credential.password
                log.secrets.add(credential.password)
            }
        }
        return variables.within(more, body)
    }

    // --- the build -------------------------------------------------------------------------------------------------

    Object do_echo(Map step) {
        log.line(step.message)
        return null
    }

    Object do_error(Map step) {
        throw new AbortException(step.message)
    }

    Object do_unstable(Map step) {
        log.line('WARNING: ' + step.message)
        currentBuild.result = 'UNSTABLE'
        return null
    }

    Object do_input(Map step) {
        if (build.approval != 'granted') {
            throw new FlowInterruptedException('Rejected by somebody')
        }
        return null
    }

    Object do_properties(Map step) {
        return null
    }

    Object do_tool(Map step) {
        return build.tools[step.name]
    }

    Object do_sshPublisher(Map step) {
        String server = step.publishers[0].configName
        if (server == build.abortAt) {
            throw new FlowInterruptedException('Aborted by somebody')
        }
        globals.remove('meanwhile')?.call()
        Map pasted = build.variables + build.parameters.collectEntries { key, value -> [(key): value.toString()] }
        String before = currentBuild.result
        String result = waitingFor { new Publisher(build.servers, workspace, pasted, log).publish(step, before) }
        if (result != null) {
            currentBuild.result = result
        }
        return null
    }
}
