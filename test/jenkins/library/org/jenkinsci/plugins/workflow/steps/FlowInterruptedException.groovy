package org.jenkinsci.plugins.workflow.steps

/** Stands for Jenkins' own: an abort, a time-out, a rejected `input`. */
class FlowInterruptedException extends Exception {
    FlowInterruptedException(String message) {
        super(message)
    }
}
