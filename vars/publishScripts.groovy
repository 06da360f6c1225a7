import groovy.json.JsonOutput
import groovy.transform.Field

@Field final Map KEYS = [
    servers: ['String', 'List'],
    keepGoing: ['boolean'],
    lang: ['en', 'zh'],
]

/**
 * Sends release/ to each server, runs auto.sh there, and brings back what became of it. The build fails if one host
 * fails, whatever the plugin says: the plugin never throws, and counts "nothing transferred" as a success.
 * Returns the report (see src/report/report.ts) as data.
 */
Map call(Map config = [:]) {
    genScripts.checkKeys('publishScripts', config, KEYS, ['servers'])
    refuseFailedBuild()
    genScripts.install()
    writeAnswers([])
    Map report = makeReport(config.lang, true)
    List transfers = report.transfers
    List answers = planAnswers([config.servers].flatten(), transfers)
    writeAnswers(answers)
    for (int i = 0; i < answers.size(); i++) {
        answers[i].outcome = ask(answers[i].server, transfers[i % transfers.size()])
        writeAnswers(answers)
        report = makeReport(config.lang, true)
        if (report.result == 'FAILURE' && !config.keepGoing) {
            break
        }
    }
    report = makeReport(config.lang, false)
    showOnPage(report)
    finish(report)
    return report
}

private void refuseFailedBuild() {
    if (currentBuild.result in ['FAILURE', 'ABORTED']) {
        error('publishScripts: this build is ' + currentBuild.result + ' already, and then Publish over SSH skips ' +
            'every transfer without a word: nothing was sent')
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

private void writeAnswers(List answers) {
    writeFile(file: '.gen-scripts/outcomes.json', encoding: 'UTF-8', text: JsonOutput.toJson(answers))
}

private Map makeReport(String lang, boolean quiet) {
    return genScripts.parse(sh(
        label: 'gen-scripts report',
        returnStdout: true,
        script: 'node .gen-scripts/gen-scripts.cjs report' + (lang == 'zh' ? ' --lang zh' : '') + (quiet ? ' --quiet' : '')
    ))
}

/*
 * One connection, two transfers: the scripts with their command, whose exit code is 0 whatever happened, and the outcome
 * file back. `failOnError` is off because a build that the plugin has failed gets no further transfer. The empty file
 * makes sure that no answer of another host or build is taken for this one's, and its folder is needed by `get`.
 */
private String ask(String server, Map transfer) {
    String file = transfer.outcomeFolder + '/outcome'
    writeFile(file: file, text: '')
    boolean isOver = false
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
        isOver = true
    } catch (NoSuchMethodError e) {
        isOver = true
        error('publishScripts needs the plugin Publish over SSH')
    } finally {
        if (!isOver) {
            echo('publishScripts: interrupted at ' + server + '. A script that has started there goes on to its end; ' +
                'look before the next build: rollback.sh --status')
        }
    }
    return readFile(file: file, encoding: 'UTF-8')
}

private void showOnPage(Map report) {
    currentBuild.displayName = report.displayName
    currentBuild.description = currentBuild.description ?
        currentBuild.description + '; ' + report.description : report.description
}

// The sentence is the last that the log says.
private void finish(Map report) {
    if (report.result == 'FAILURE') {
        error(report.sentence)
    } else if (report.result == 'UNSTABLE') {
        unstable(report.sentence)
    } else {
        echo(report.sentence)
    }
}
