/** `currentBuild`: a result can only get worse. */
class CurrentBuild implements Serializable {
    static final List ORDER = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']

    String displayName
    String description
    private String worst
    private final List causes

    CurrentBuild(List causes) {
        this.causes = causes
    }

    String getResult() {
        return worst
    }

    void setResult(String result) {
        if (worst == null || ORDER.indexOf(result) > ORDER.indexOf(worst)) {
            worst = result
        }
    }

    String getCurrentResult() {
        return worst ?: 'SUCCESS'
    }

    List getBuildCauses(String type) {
        return causes.findAll { it._class == type }
    }
}
