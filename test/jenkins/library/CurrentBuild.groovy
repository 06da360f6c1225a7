/** `currentBuild`: a result can only get worse. */
class CurrentBuild implements Serializable {
    static final List ORDER = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']

    private String displayName
    private String description
    private String worst
    private final List causes
    private final Set secrets

    CurrentBuild(List causes, Set secrets) {
        this.causes = causes
        this.secrets = secrets
    }

    String getDisplayName() {
        return displayName
    }

    void setDisplayName(String text) {
        displayName = withoutSecret(text)
    }

    String getDescription() {
        return description
    }

    void setDescription(String text) {
        description = withoutSecret(text)
    }

    /** The page of a build is not masked. */
    private String withoutSecret(String text) {
        if (secrets.any { text.contains(it) }) {
            throw new IllegalStateException('a secret would be on the page of the build')
        }
        return text
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
