import groovy.json.JsonOutput
import groovy.transform.Field
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

@Field final Map KEYS = [
    servers: ['String', 'List'],
    keepGoing: ['boolean'],
    lang: ['en', 'zh'],
]
/** States of a host that let the next one be asked: see src/report/report.ts. */
@Field final List FINE = ['done', 'unchanged', 'nothing']
/** Names of servers -> what this step has put on the build's page about them. */
@Field final Map told = [:]
/** How often this step was called in this build: each call has its own files. */
@Field int calls = 0

/**
 * Sends release/ to each server, runs auto.sh there, and brings back what became of it, as `rollout:` in the settings
 * says. The build fails if one host fails, whatever the plugin says: the plugin never throws, and counts "nothing
 * transferred" as a success. Returns the report (see src/report/report.ts) as data.
 */
Map call(Object config = [:]) {
    genScripts.checkKeys('publishScripts', config, KEYS)
    List wanted = config.servers ? genScripts.namesOf('publishScripts: servers', config.servers) : []
    refuseFailedBuild()
    genScripts.install()
    calls += 1
    Map run = [
        folder: '.gen-scripts/outcomes/' + calls,
        lang: config.lang,
        keepGoing: config.keepGoing,
        reports: 0,
        answers: [],
    ]
    List transfers = makeReport(run, true).transfers
    List servers = serversOf(wanted, transfers)
    String before = currentBuild.currentResult
    Map report = ship(run, servers, transfers)
    finish(report, before)
    return report
}

// Those that are named here, else those of `hosts:` in the settings.
private List serversOf(List wanted, List transfers) {
    List known = []
    for (transfer in transfers) {
        for (server in transfer.servers) {
            if (!(server in known)) {
                known.add(server)
            }
        }
    }
    if (!wanted && !known) {
        error('publishScripts: servers is needed, or hosts: in gen-scripts.yml')
    }
    for (server in wanted) {
        if (known && !(server in known)) {
            error("publishScripts: servers: '" + server + "', expected one of hosts: in gen-scripts.yml: " +
                known.join(', '))
        }
    }
    return wanted ?: known
}

private void refuseFailedBuild() {
    if (currentBuild.currentResult in ['FAILURE', 'NOT_BUILT', 'ABORTED']) {
        error('publishScripts: this build is ' + currentBuild.currentResult + ' already, and then Publish over SSH ' +
            'skips every transfer without a word: nothing was sent')
    }
}

// However this ends, the page never lets a host that may have changed pass for one that was not asked.
private Map ship(Map run, List servers, List transfers) {
    String page = currentBuild.description
    String names = servers.join(', ')
    describe(names, run.lang == 'zh' ? '已在 ' + names + ' 上开始，尚无报告' : 'begun on ' + names + ', no report yet')
    try {
        rollOut(run, planAnswers(run, servers, transfers), transfers)
    } catch (NoSuchMethodError e) {
        currentBuild.description = page
        error('publishScripts needs the plugin Publish over SSH (' + e.message + ')')
    } catch (Exception e) {
        showFailure(run, names)
        throw e
    }
    Map report = makeReport(run, false)
    showReport(names, report)
    return report
}

// The report knows what comes next: see src/rollout/next-step.ts.
private void rollOut(Map run, List answers, List transfers) {
    Map step = makeReport(run, true).next
    while (step != null) {
        if (step.seconds > 0) {
            echo('publishScripts: ' + step.seconds + ' s until ' + step.servers.join(', '))
            sleep(time: step.seconds, unit: 'SECONDS')
        }
        askTogether(run, step, answers, transfers)
        step = makeReport(run, true).next
    }
}

private void askTogether(Map run, Map step, List answers, List transfers) {
    Map branches = [:]
    for (int i = 0; i < step.servers.size(); i++) {
        String server = step.servers[i]
        branches[server] = { askServer(run, step.action, server, answers, transfers) }
    }
    if (branches.size() == 1) {
        branches[step.servers[0]].call()
    } else {
        parallel(branches)
    }
}

// App by app; one that fails leaves out the further ones. On the way back the last one comes first.
private void askServer(Map run, String action, String server, List answers, List transfers) {
    List mine = []
    for (int i = 0; i < answers.size(); i++) {
        if (answers[i].server == server) {
            mine.add(action == 'revert' ? 0 : mine.size(), i)
        }
    }
    for (int k = 0; k < mine.size(); k++) {
        int index = mine[k]
        if (action == 'update') {
            askOne(run, index, answers, 'file', transferOf(answers[index], transfers))
            if (!(makeReport(run, true).hosts[index].state in FINE)) {
                return
            }
        } else if (makeReport(run, true).hosts[index].canGoBack) {
            Map transfer = transferOf(answers[index], transfers)
            askOne(run, index, answers, 'undo', transfer + [sourceFiles: '', execCommand: transfer.revertCommand])
        }
    }
}

// From now on it has been asked: whatever breaks this build, the report says that its state is not known.
private void askOne(Map run, int index, List answers, String kind, Map transfer) {
    String folder = run.folder + '/' + index + (kind == 'undo' ? '/undo' : '')
    answers[index][kind] = folder + '/outcome'
    writeFile(file: answers[index][kind], text: '')
    makeReport(run, true)
    ask(answers[index].server, folder, transfer)
}

// Server by server, each with all apps in their order. No file: not asked yet.
private List planAnswers(Map run, List servers, List transfers) {
    List answers = []
    for (server in servers) {
        for (transfer in transfers) {
            if (isFor(transfer, server)) {
                answers.add([server: server, app: transfer.app, file: null])
            }
        }
    }
    run.answers = answers
    return answers
}

private Map transferOf(Map answer, List transfers) {
    Map found = [:]
    for (transfer in transfers) {
        if (transfer.app == answer.app && isFor(transfer, answer.server)) {
            found = transfer
        }
    }
    return found
}

private boolean isFor(Map transfer, String server) {
    return !transfer.servers || server in transfer.servers
}

/*
 * What is known now, written into a file of its own: another branch may read its file at this moment. Map by map,
 * because in the sandbox JsonOutput takes a map, but no list.
 */
private Map makeReport(Map run, boolean quiet) {
    List entries = []
    for (answer in run.answers) {
        entries.add(JsonOutput.toJson(answer))
    }
    run.reports += 1
    String file = run.folder + '/asked-' + run.reports + '.json'
    writeFile(file: file, encoding: 'UTF-8', text: '[' + entries.join(',') + ']')
    return genScripts.parse(sh(
        label: 'gen-scripts report',
        returnStdout: true,
        script: 'node .gen-scripts/gen-scripts.cjs report --outcomes ' + file +
            (run.lang == 'zh' ? ' --lang zh' : '') + (run.keepGoing ? ' --keep-going' : '') +
            (quiet ? ' --quiet' : '')
    ))
}

/*
 * One connection, two transfers: the scripts with their command, whose exit code is 0 whatever happened, and the
 * outcome file back. `failOnError` is off because a build that the plugin has failed gets no further transfer. The
 * file is there already, and empty: no answer of an earlier build is taken for this one's, and `get` needs its folder.
 */
private void ask(String server, String folder, Map transfer) {
    try {
        sshPublisher(failOnError: false, continueOnError: false, publishers: [
            sshPublisherDesc(configName: server, verbose: true, transfers: [
                sshTransfer(
                    sourceFiles: transfer.sourceFiles,
                    excludes: '**/.*',
                    removePrefix: transfer.removePrefix,
                    remoteDirectory: transfer.remoteDirectory,
                    execCommand: transfer.execCommand,
                    execTimeout: transfer.execTimeout
                ),
                sshTransfer(
                    execCommand: transfer.fetchCommand + ' ' + folder,
                    useSftpForExec: true
                ),
            ]),
        ])
    } catch (FlowInterruptedException e) {
        echo('publishScripts: interrupted at ' + server + '. A script that has started there goes on ' +
            'to its end; look before the next build: rollback.sh --status')
        throw e
    } catch (Exception e) {
        // The file says what is known: nothing, if it is still empty.
        echo('publishScripts: ' + server + ': ' + e.message)
    }
}

// What is known until now. Whatever goes wrong here must not hide why the build ended.
private void showFailure(Map run, String names) {
    try {
        showReport(names, makeReport(run, false))
    } catch (FlowInterruptedException e) {
        throw e
    } catch (Exception e) {
        echo('publishScripts: no report: ' + e.message)
    }
}

private void showReport(String names, Map report) {
    currentBuild.displayName = report.displayName
    describe(names, report.description)
}

// Beside what others have written there, in the place of what this step wrote before: in an earlier try, for one.
private void describe(String names, String text) {
    String page = currentBuild.description ?: ''
    String former = told[names]
    told[names] = text
    currentBuild.description = former && page.contains(former) ? page.replace(former, text) :
        page ? page + '; ' + text : text
}

/*
 * The sentence is the last that the log says. A result cannot be taken back: when the plugin had trouble although all
 * answers are good (the connection broke after the last one), the build stays UNSTABLE, and this says why.
 */
private void finish(Map report, String before) {
    if (report.result == 'SUCCESS' && before == 'SUCCESS' && currentBuild.currentResult == 'UNSTABLE') {
        echo('publishScripts: Publish over SSH had trouble (see above) and made this build UNSTABLE; ' +
            'what the hosts answered is good')
    }
    if (report.result == 'FAILURE') {
        error(report.sentence)
    } else if (report.result == 'UNSTABLE') {
        unstable(report.sentence)
    } else {
        echo(report.sentence)
    }
}
