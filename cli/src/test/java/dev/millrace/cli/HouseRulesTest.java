package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the rules that can be read off the text of the files. */
class HouseRulesTest {
    private static final int MAX_LINES = 400;

    private static final Path ROOT = root();
    private static final List<Path> FILES = files();

    /** Put together from parts, so that this file keeps its own rules. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|TimeUnit\\.\\w+)\\." + "sleep\\(");
    private static final Pattern MOCK = Pattern.compile("^import .*\\.(mock" + "ito|easy" + "mock|jmo" + "ck)\\b");

    @Test
    void source_files_are_short() {
        List<String> tooLong = java(path -> path.contains("/src/main/"))
                .filter(file -> lines(file).size() > MAX_LINES)
                .map(file -> relative(file) + " has " + lines(file).size() + " lines")
                .toList();
        assertEquals(List.of(), tooLong, "files of more than " + MAX_LINES + " lines are asking to be two");
    }

    @Test
    void nothing_is_left_unfinished() {
        assertNoLine(FILES.stream(), (file, line) -> UNFINISHED.matcher(line).find());
    }

    @Test
    void nobody_sleeps_in_tests_either() {
        assertNoLine(java(path -> true), (file, line) -> SLEEP.matcher(line).find());
    }

    @Test
    void tests_use_the_real_thing() {
        assertNoLine(java(path -> true), (file, line) -> MOCK.matcher(line).find());
    }

    @Test
    void every_source_folder_of_a_package_has_a_package_info() {
        List<String> without = java(path -> path.contains("/src/main/"))
                .map(file -> file.resolveSibling("package-info.java"))
                .distinct()
                .filter(info -> !Files.exists(info))
                .map(HouseRulesTest::relative)
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void the_licence_is_there() throws IOException {
        String licence = Files.readString(ROOT.resolve("LICENSE"));
        assertTrue(licence.contains("Apache License") && licence.contains("Version 2.0"), licence.substring(0, 100));
    }

    private static void assertNoLine(Stream<Path> files, BiPredicate<Path, String> forbidden) {
        List<String> found = files.flatMap(file -> {
                    List<String> lines = lines(file);
                    return IntStream.range(0, lines.size())
                            .filter(i -> forbidden.test(file, lines.get(i)))
                            .mapToObj(i -> relative(file) + ":" + (i + 1) + ": "
                                    + lines.get(i).strip());
                })
                .toList();
        assertEquals(List.of(), found);
    }

    private static Stream<Path> java(java.util.function.Predicate<String> path) {
        return FILES.stream().filter(file -> file.toString().endsWith(".java") && path.test(file.toString()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static String relative(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " has a mvnw");
            }
        }
        return folder;
    }

    /** The text files of the repository: those with an extension of text, outside what is built or fetched. */
    private static List<Path> files() {
        Set<String> skipped = Set.of("target", ".git", ".idea", ".vscode", "node_modules", ".millrace");
        Pattern text = Pattern.compile(
                ".*\\.(java|xml|md|sql|sh|yml|yaml|toml|properties|jjt|ftl|fmpp|html|css|js|ts)|millrace|mvnw|run");
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = !folder.equals(ROOT)
                            && skipped.contains(folder.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (text.matcher(file.getFileName().toString()).matches()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files);
    }
}
