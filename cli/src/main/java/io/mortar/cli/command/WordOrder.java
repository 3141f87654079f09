package io.mortar.cli.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Lets people say {@code create volume} as well as {@code volume create}, and {@code help volume} for {@code volume --help}. */
final class WordOrder {
    private static final Set<String> NOUNS = Set.of("node", "pool", "volume", "job");
    private static final Set<String> VERBS = Set.of(
            "create",
            "start",
            "stop",
            "delete",
            "info",
            "status",
            "list",
            "forget",
            "heal",
            "quota",
            "add-brick",
            "remove-brick",
            "replace-brick",
            "set");
    private static final Set<String> JOB_VERBS =
            Set.of("show", "pause", "resume", "cancel", "retry", "limit", "wait", "rebalance", "scrub");
    private static final Set<String> OPTIONS_WITH_VALUE = Set.of("--node", "--timeout", "--for");

    private WordOrder() {}

    /** The arguments with the noun before the verb, wherever options stand between. */
    static String[] canonical(String[] arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        int first = nextWord(words, 0);
        if (first < words.size() && words.get(first).equals("help")) {
            words.remove(first);
            words.add("--help");
            first = nextWord(words, 0);
        }
        int second = nextWord(words, first + 1);
        if (second < words.size() && isVerb(words.get(first)) && NOUNS.contains(words.get(second))) {
            Collections.swap(words, first, second);
        }
        return words.toArray(String[]::new);
    }

    private static boolean isVerb(String word) {
        return VERBS.contains(word) || JOB_VERBS.contains(word);
    }

    private static int nextWord(List<String> words, int from) {
        int at = from;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += OPTIONS_WITH_VALUE.contains(words.get(at)) ? 2 : 1;
        }
        return at;
    }
}
