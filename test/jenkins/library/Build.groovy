import org.codehaus.groovy.control.CompilerConfiguration
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** One run of a Jenkinsfile with the global variables of vars/. */
class Build {
    private final Map build
    private final Log log = new Log()

    Build(Map build) {
        this.build = build
    }

    Map run() {
        CurrentBuild currentBuild = new CurrentBuild(build.causes ?: [], log.secrets)
        Map parameters = build.parameters
        Variables variables = new Variables(build.agent + build.variables + parameters)
        Steps steps = new Steps(build, variables, currentBuild, log)
        if (build.result) {
            currentBuild.result = build.result
        }
        try {
            load(steps, variables, currentBuild).run()
        } catch (FlowInterruptedException e) {
            currentBuild.result = 'ABORTED'
            log.line(e.message)
        } catch (AbortException e) {
            currentBuild.result = 'FAILURE'
            log.line('ERROR: ' + e.message)
        } catch (Throwable e) {
            currentBuild.result = 'FAILURE'
            StringWriter trace = new StringWriter()
            e.printStackTrace(new PrintWriter(trace))
            log.line(trace)
        }
        log.line('Finished: ' + currentBuild.currentResult)
        return [result: currentBuild.currentResult, log: log.toString(), displayName: currentBuild.displayName,
            description: currentBuild.description, calls: steps.calls, archived: steps.archived]
    }

    private Script load(Steps steps, Variables variables, CurrentBuild currentBuild) {
        Map scm = [branches: [[name: 'main']], userRemoteConfigs: [[url: build.repository]], extensions: []]
        Binding binding = new Binding([steps: steps, env: variables, params: build.parameters, scm: scm, currentBuild: currentBuild])
        steps.globals = binding.variables
        CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: 'PipelineScript')
        GroovyShell shell = new GroovyShell(getClass().classLoader, binding, configuration)
        for (file in new File(build.project, 'vars').listFiles().findAll { it.name.endsWith('.groovy') }) {
            binding.setVariable(file.name - '.groovy', shell.parse(file))
        }
        return shell.parse(build.script, 'Jenkinsfile')
    }
}
