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

/**
 * Sends release/ to each server, runs auto.sh there, and brings back what became of it. The build fails if one host
 * fails, whatever the plugin says: the plugin never throws, and counts "nothing transferred" as a success.
 * Returns the report (see src/report/report.ts) as data.
 */
Map call(Map config = [:]) {
    genScripts.checkKeys('publishScripts', config, KEYS, ['servers'])
    refuseFailedBuild()
    if (!fileExists('.gen-scripts/gen-scripts.cjs')) {
        genScripts.install()
    }
    writeAnswers([])
    List transfers = makeReport(config.lang, true).transfers
    String before = currentBuild.currentResult
    Map report = ship([config.servers].flatten(), transfers, config)
    finish(report, before)
    return report
}

private void refuseFailedBuild() {
    if (currentBuild.currentResult in ['FAILURE', 'NOT_BUILT', 'ABORTED']) {
        error('publishScripts: this build is ' + currentBuild.currentResult + ' already, and then Publish over SSH ' +
            'skips every transfer without a word: nothing was sent')
    }
}

// However this ends, the page never lets a host that may have changed pass for one that was not asked.
private Map ship(List servers, List transfers, Map config) {
    String page = currentBuild.description
    String names = servers.join(', ')
    describe(page, config.lang == 'zh' ? '已在 ' + names + ' 上开始，尚无报告' : 'begun on ' + names + ', no report yet')
    try {
        askAll(planAnswers(servers, transfers), transfers, config)
    } catch (NoSuchMethodError e) {
        currentBuild.description = page
        error('publishScripts needs the plugin Publish over SSH')
    } catch (Exception e) {
        showFailure(page, config.lang)
        throw e
    }
    Map report = makeReport(config.lang, false)
    showReport(page, report)
    return report
}

// Stops at the first failure, or, told to go on, leaves out the further apps of that server.
private void askAll(List answers, List transfers, Map config) {
    writeAnswers(answers)
    List failed = []
    for (int i = 0; i < answers.size(); i++) {
        Map answer = answers[i]
        if (!(answer.server in failed)) {
            // From now on it has been asked: if this is interrupted, its state is not known.
            answer.outcome = ''
            writeAnswers(answers)
            answer.outcome = ask(answer.server, transfers[i % transfers.size()])
            writeAnswers(answers)
            if (!(makeReport(config.lang, true).hosts[i].state in FINE)) {
                failed.add(answer.server)
            }
        }
        if (failed && !config.keepGoing) {
            return
        }
    }
}

// Server by server, each with all apps in their order. No outcome: not asked yet.
private List planAnswers(List servers, List transfers) {
    List answers = []
    for (server in servers) {
        for (transfer in transfers) {
            answers.add([server: server.toString(), app: transfer.app, outcome: null])
        }
    }
    return answers
}

// Map by map: in the sandbox JsonOutput takes a map, but no list.
private void writeAnswers(List answers) {
    List entries = []
    for (answer in answers) {
        entries.add(JsonOutput.toJson(answer))
    }
    writeFile(file: '.gen-scripts/outcomes.json', encoding: 'UTF-8', text: '[' + entries.join(',') + ']')
}

private Map makeReport(String lang, boolean quiet) {
    return genScripts.parse(sh(
        label: 'gen-scripts report',
        returnStdout: true,
        script: 'node .gen-scripts/gen-scripts.cjs report' +
            (lang == 'zh' ? ' --lang zh' : '') + (quiet ? ' --quiet' : '')
    ))
}

/*
 * One connection, two transfers: the scripts with their command, whose exit code is 0 whatever happened, and the
 * outcome file back. `failOnError` is off because a build that the plugin has failed gets no further transfer. The
 * empty file makes sure that no answer of another host or build is taken for this one's; `get` needs its folder.
 */
private String ask(String server, Map transfer) {
    String file = transfer.outcomeFolder + '/outcome'
    writeFile(file: file, text: '')
    try {
        sshPublisher(failOnError: false, continueOnError: false, publishers: [
            sshPublisherDesc(configName: server, verbose: true, transfers: [
                sshTransfer(
                    sourceFiles: transfer.sourceFiles,
                    removePrefix: transfer.removePrefix,
                    remoteDirectory: transfer.remoteDirectory,
                    execCommand: transfer.execCommand,
                    execTimeout: transfer.execTimeout
                ),
                sshTransfer(execCommand: transfer.fetchCommand, useSftpForExec: true),
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
    return readFile(file: file, encoding: 'UTF-8')
}

// What is known until now. Whatever goes wrong here must not hide why the build ended.
private void showFailure(String page, String lang) {
    try {
        showReport(page, makeReport(lang, false))
    } catch (FlowInterruptedException e) {
        throw e
    } catch (Exception e) {
        echo('publishScripts: no report: ' + e.message)
    }
}

private void showReport(String page, Map report) {
    currentBuild.displayName = report.displayName
    describe(page, report.description)
}

// After what the page said before this step.
private void describe(String page, String text) {
    currentBuild.description = page ? page + '; ' + text : text
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
