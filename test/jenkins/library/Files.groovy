/** Files of a workspace by Ant's patterns, as far as we use them: `*` within a folder, `**` across folders. */
class Files {
    /** @return paths relative to the folder, sorted; Ant leaves .git out of its own accord */
    static List find(File folder, String includes, String excludes = '') {
        List paths = []
        folder.eachFileRecurse { file ->
            String path = folder.toPath().relativize(file.toPath()).toString()
            if (file.file && !path.startsWith('.git/') && matches(path, includes) && !matches(path, excludes)) {
                paths.add(path)
            }
        }
        return paths.sort()
    }

    private static boolean matches(String path, String patterns) {
        return patterns.split('[, ]+').any { it && path ==~ toExpression(it) }
    }

    private static String toExpression(String pattern) {
        return pattern.replaceAll(/\*\*\/|\*\*|\*|[^*\w\/]/) { token ->
            [('**/'): '(?:.*/)?', ('**'): '.*', ('*'): '[^/]*'][token] ?: java.util.regex.Pattern.quote(token)
        }
    }
}
