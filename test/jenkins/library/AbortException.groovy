/** Stands for hudson.AbortException: a failure whose message is all that the log shows. */
class AbortException extends IOException {
    AbortException(String message) {
        super(message)
    }
}
