// Job DSL: the job of config.xml, and the same as a Pipeline job that uses the shared library.
// Every method is one of Job DSL itself, so the script needs no other plugin to be compiled; the jobs need those that
// docs/jenkins-freestyle.md names.

String app = 'citest'
String repository = 'git@gitlab.example.com:team/citest.git'
String deployBranch = '*/main'

freeStyleJob(app) {
    description("${app}: deploys a tag that is pushed; by hand it builds and deploys, or rolls back")
    concurrentBuild(false)
    parameters {
        booleanParam('CTRL_BUILD', true, 'build and deploy; unticked: roll back')
        stringParam('ROLLBACK_TO', '',
            'rollback only: image tag, digest or line of the history; empty: the version before')
        stringParam('ROLLBACK_STEPS', '', 'rollback only: how many versions; empty: one')
        stringParam('ROLLBACK_FROM', '', 'rollback only: only where this version runs; empty: wherever the job goes')
        stringParam('GIT_TAG', '', 'manual build only: the name to use instead of what git describe says')
    }
    scm {
        git {
            remote {
                url(repository)
                credentials('gitlab')
            }
            branch(deployBranch)
            extensions {
                cloneOptions {
                    shallow(false)
                    noTags(false)
                }
            }
        }
    }
    triggers {
        gitlabPush {
            buildOnPushEvents(true)
            buildOnMergeRequestEvents(false)
            rebuildOpenMergeRequest('never')
            commentTrigger('')
            enableCiSkip(false)
            // Source and target of a tag push are both refs/tags/NAME; Job DSL knows the regex of the target only.
            targetBranchRegex('refs/tags/.+')
        }
    }
    wrappers {
        nodejs('node-20')
        buildUserVars()
        credentialsBinding {
            usernamePassword('REGISTRY_USERNAME', 'REGISTRY_PASSWORD', 'registry')
        }
    }
    steps {
        shell('node tools/gen-scripts.cjs\nif [ -f release/build.sh ]; then sh release/build.sh; fi')
    }
    publishers {
        publishOverSsh {
            failOnError(true)
            continueOnError(false)
            server('web1') {
                verbose(true)
                transferSet {
                    sourceFiles('release/*')
                    removePrefix('release')
                    remoteDirectory(app)
                    // Single quotes: $BUILD_NUMBER is for Jenkins, not for Groovy.
                    execCommand('sh /srv/deploy/' + app + '/auto.sh --build $BUILD_NUMBER </dev/null')
                    execTimeout(600000)
                }
            }
        }
    }
}

// Needs the library of casc.yaml; the Jenkinsfile of the repository says the rest, parameters and trigger included.
pipelineJob("${app}-pipeline") {
    description("${app}: the same by the shared library")
    definition {
        cpsScm {
            scm {
                git {
                    remote {
                        url(repository)
                        credentials('gitlab')
                    }
                    branch(deployBranch)
                }
            }
            scriptPath('Jenkinsfile')
            lightweight(true)
        }
    }
}
