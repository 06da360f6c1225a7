/** The console: secrets are masked as Jenkins does it, as long as their credentials are bound and after. */
class Log {
    private final StringBuilder text = new StringBuilder()
    final Set secrets = new LinkedHashSet()

    void line(Object message) {
        String shown = message.toString()
        for (secret in secrets) {
            shown = shown.replace(secret, '****')
        }
        text.append(shown).append(shown.endsWith('\n') ? '' : '\n')
    }

    String toString() {
        return text.toString()
    }
}
