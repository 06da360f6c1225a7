import { sshCommand } from '../output/ssh-step.js';
import type { Answers, Places } from './answers.js';
import type { Texts } from './texts.js';

/** A declarative pipeline that does what the freestyle job does, without the shared library. */
export function renderJenkinsfile(answers: Answers, places: Places, texts: Texts): string {
  return `${comment(texts.jenkins)}
pipeline {
    agent any

    parameters {
        booleanParam(name: 'CTRL_BUILD', defaultValue: true, description: ${groovy(texts.checkbox)})
    }

    options {
        disableConcurrentBuilds()
        skipDefaultCheckout()
    }

    stages {
        stage('Scripts') {
            steps {
                checkout scm
${comment(texts.scripts, '                ')}
                sh ${groovy(places.command)}
            }
        }
        stage('Build') {
            steps {
${comment(texts.build, '                ')}
                sh 'if [ -f release/build.sh ]; then sh release/build.sh; fi'
            }
        }
        stage('Deploy') {
            steps {
${comment(texts.deploy, '                ')}
${publisher(answers)}
            }
        }
    }

    post {
        always {
${comment(texts.cleanUp, '            ')}
            sh 'rm -f release/registry.credentials'
        }
    }
}
`;
}

function publisher({ app, remoteRoot, sshServer }: Answers): string {
  const command = sshCommand({ remoteRoot, remoteDirectory: app });
  return `                sshPublisher(failOnError: true, publishers: [
                    sshPublisherDesc(configName: ${groovy(sshServer)}, verbose: true, transfers: [
                        sshTransfer(
                            sourceFiles: 'release/*',
                            removePrefix: 'release',
                            remoteDirectory: ${groovy(app)},
                            execCommand: ${groovy(command)},
                            execTimeout: 600000
                        )
                    ])
                ])`;
}

export function comment(text: string, indent = ''): string {
  return text.replace(/^/gm, `${indent}// `);
}

/** Single quotes: Groovy must not touch $BUILD_NUMBER. */
export function groovy(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
