/**
 * Publish over SSH, from its source (BPInstanceConfig, BapPublisher, BPTransfer, BapSshClient): what it does with servers
 * that are folders here. It never throws.
 */
class Publisher {
    /**
     * name -> [root, home, environment, behaviour]; behaviour: '' | 'refuse' no connection | 'drop', 'timeout' the plugin
     * waits no longer for a command | 'nothing' no file matches | 'forced' the server runs something else | 'late' an
     * error after everything is done
     */
    private final Map servers
    private final File workspace
    /** Run-level variables and build parameters: what is pasted into every field. */
    private final Map variables
    private final Log log

    Publisher(Map servers, File workspace, Map variables, Log log) {
        this.servers = servers
        this.workspace = workspace
        this.variables = variables
        this.log = log
    }

    /** @return the result that this step sets, null for none */
    String publish(Map step, String resultSoFar) {
        if (resultSoFar in ['FAILURE', 'NOT_BUILT', 'ABORTED']) {
            log.line("SSH: Current build result is [${resultSoFar}], not going to run.")
            return null
        }
        String onError = step.failOnError ? 'FAILURE' : 'UNSTABLE'
        String result = null
        for (publisher in step.publishers) {
            try {
                Map server = servers[publisher.configName]
                if (server == null) {
                    throw new IOException(
                        "Failed to find configuration named [${publisher.configName}] check the global configuration")
                }
                call(publisher, server)
            } catch (IOException e) {
                log.line('ERROR: ' + e.message)
                result = onError
                if (!step.continueOnError) {
                    break
                }
            }
        }
        return result
    }

    /** BPCallablePublisher: what goes wrong from here on gets one sentence more. */
    private void call(Map publisher, Map server) {
        try {
            publishTo(publisher, server)
        } catch (IOException e) {
            throw new IOException("Exception when publishing, exception message [${e.message}]", e)
        }
    }

    private void publishTo(Map publisher, Map server) {
        log.line("SSH: Connecting with configuration [${publisher.configName}] ...")
        if (server.behaviour == 'refuse') {
            throw new IOException("Failed to connect and initialize SSH connection. Message: [Failed to connect session for config " +
                "[${publisher.configName}]. Message [java.net.ConnectException: Connection refused]]")
        }
        int count = 0
        for (transfer in publisher.transfers) {
            if (!transfer.sourceFiles && !transfer.execCommand) {
                throw new IOException('An SSH Transfer Set must not have an empty Source files and an empty Exec command - ' +
                    'the transfer set should transfer files, execute a command or do both')
            }
            count += server.behaviour == 'nothing' ? 0 : send(transfer, server)
            if (transfer.execCommand && transfer.useSftpForExec) {
                sftp(expand(transfer.execCommand), server)
            } else if (transfer.execCommand) {
                exec(transfer, server, publisher.verbose)
            }
        }
        if (server.behaviour == 'late') {
            throw new IOException('Connection reset')
        }
        log.line("SSH: Transferred ${count} file(s)")
    }

    private int send(Map transfer, Map server) {
        if (!transfer.sourceFiles) {
            return 0
        }
        String prefix = expand(transfer.removePrefix ?: '')
        List names = Files.find(workspace, expand(transfer.sourceFiles), transfer.excludes ?: '')
        for (name in names) {
            if (prefix && !name.startsWith(prefix + '/')) {
                throw new IOException("Failed to remove prefix from file named [${name}]. " +
                    "Prefix [${prefix}/] must be present in all file paths")
            }
            String rest = prefix ? name.substring(prefix.length() + 1) : name
            File target = new File(server.root, expand(transfer.remoteDirectory ?: '') + '/' + rest)
            target.parentFile.mkdirs()
            target.bytes = new File(workspace, name).bytes
            target.setReadable(true, false)
        }
        return names.size()
    }

    private void exec(Map transfer, Map server, Object verbose) {
        String command = server.behaviour == 'forced' ? 'true' : expand(transfer.execCommand)
        Process process = start(['sh', '-c', command], server)
        if (server.behaviour in ['drop', 'timeout']) {
            // Whatever the connection does, the command goes on to its end.
            process.waitFor()
            throw new IOException(server.behaviour == 'drop' ? 'Session is down' :
                "Exec timed out or was interrupted after ${transfer.execTimeout} ms")
        }
        String output = process.inputStream.getText('UTF-8')
        process.waitFor()
        if (verbose) {
            log.line(output)
        }
        if (process.exitValue() != 0) {
            throw new IOException("Exec exit status not zero. Status [${process.exitValue()}]")
        }
    }

    private Process start(List command, Map server) {
        File output = server.behaviour in ['drop', 'timeout'] ? new File(server.home, 'lost') : null
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File(server.home)).redirectErrorStream(true)
        if (output != null) {
            builder.redirectOutput(output)
        }
        builder.environment().clear()
        builder.environment().putAll(server.environment)
        return builder.start()
    }

    /** Only `get`: from the server's root into a folder of the workspace. Whatever goes wrong is a line in the log. */
    private void sftp(String command, Map server) {
        List words = command.trim().split('\\s+') as List
        if (words[0] != 'get') {
            log.line("SSH: Unsupported command [${words[0]}]")
            return
        }
        File source = new File(server.root, words[1])
        File folder = words.size() > 2 && new File(workspace, words[2]).directory ? new File(workspace, words[2]) : workspace
        if (source.file) {
            new File(folder, source.name).bytes = source.bytes
        } else {
            log.line('SSH: Failed command: [get]')
            log.line('SSH: FAILED: Message [No such file]')
        }
    }

    /** Util.replaceMacro */
    private String expand(String text) {
        return text.replaceAll(/\$(?:([A-Za-z0-9_]+)|\{([A-Za-z0-9_.]+)\}|\$)/) { whole, plain, braced ->
            whole == '$$' ? '$' : (variables[plain ?: braced] ?: whole)
        }
    }
}
