import groovy.json.JsonOutput
import groovy.json.JsonSlurper

/** One build a line, as JSON; its result a line. One start of the Java machine serves all builds of a test file. */
System.in.eachLine('UTF-8') { line ->
    Map build = new JsonSlurper().parseText(line)
    System.out.write((JsonOutput.toJson(new Build(build).run()) + '\n').getBytes('UTF-8'))
    System.out.flush()
}
